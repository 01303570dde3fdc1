internal import EthPrimitives

/// The reads that keepers send by the thousand, written as text at once and in canonical form.
extension RPCRequest {
    /// A method without parameters.
    static func plain(_ method: String) -> Self {
        Self(method: method, text: Array("[]".utf8), canonical: Canonical(pinnedTo: nil))
    }

    /// A method of an account, and of a block unless that is left out.
    static func account(_ method: String, _ address: Address, _ block: BlockReference?) -> Self {
        let text = RequestText.bytes(capacity: 160) { text in
            text.write("[")
            text.hex(address)
            text.finish(at: block)
        }
        return Self(method: method, text: text, canonical: Canonical(at: block))
    }

    /// A word of storage.
    static func storage(of address: Address, _ slot: UInt256, _ block: BlockReference?) -> Self {
        let text = RequestText.bytes(capacity: 240) { text in
            text.write("[")
            text.hex(address)
            text.write(",")
            text.quantity(slot)
            text.finish(at: block)
        }
        return Self(method: "eth_getStorageAt", text: text, canonical: Canonical(at: block))
    }

    /// A call that says at most from whom, to whom and what.
    static func call(_ method: String, from: Address?, to: Address, _ data: [UInt8], _ block: BlockReference?) -> Self {
        let text = RequestText.bytes(capacity: 260 + 2 * data.count) { text in
            text.write("[{\"data\":")
            text.hex(data)
            if let from {
                text.write(",\"from\":")
                text.hex(from)
            }
            text.write(",\"to\":")
            text.hex(to)
            text.write("}")
            text.finish(at: block)
        }
        return Self(method: method, text: text, canonical: Canonical(at: block))
    }

    /// A method of a hash, of a block or of a transaction.
    static func ofHash(_ method: String, _ hash: B256, pins: Bool, _ rest: StaticString = "]") -> Self {
        let text = RequestText.bytes(capacity: 96) { text in
            text.write("[")
            text.hex(hash)
            text.write(rest)
        }
        return Self(method: method, text: text, canonical: Canonical(pinnedTo: pins ? hash : nil))
    }
}

extension RequestText {
    fileprivate mutating func finish(at block: BlockReference?) {
        if let block {
            write(",")
            self.block(block)
        }
        write("]")
    }
}

extension RPCRequest.Canonical {
    /// `nil` for a bare hash, whose canonical form is another.
    fileprivate init?(at block: BlockReference?) {
        switch block {
        case .hash(let hash), .canonicalHash(let hash): self.init(pinnedTo: hash)
        case .bareHash: return nil
        default: self.init(pinnedTo: nil)
        }
    }
}
