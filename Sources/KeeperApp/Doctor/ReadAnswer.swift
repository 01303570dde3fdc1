import EthCodec
import EthPrimitives
import EthRPC

/// What a node answers to a read, in a form in which the same is equal.
enum ReadAnswer: Sendable, Hashable {
    case value(String)
    /// The read was executed and failed, as a call that reverts: an answer like others.
    case failed(NodeErrorKind)
    /// No answer to compare.
    case none(String)

    init(_ error: RPCError) {
        let executed: Set<NodeErrorKind> = [.executionReverted, .outOfGas, .invalidOpcode, .vmError]
        if let kind = error.nodeError?.kind, executed.contains(kind) { self = .failed(kind) } else { self = .none(error.message) }
    }

    /// - Parameters:
    ///   - isNumber: whether leading zeros do not count.
    ///   - clean: takes out of a text what is secret about the node.
    init(_ json: JSON?, isNumber: Bool = false, _ clean: (String) -> String) {
        guard let json else {
            self = .value("nothing")
            return
        }
        guard let text = json.string, text.hasPrefix("0x"), text.utf8.dropFirst(2).allSatisfy({ Hex.value($0) != nil }) else {
            // Not for people's eyes as it is: escaped, so that nothing in it moves the cursor.
            let scalars = clean(json.sortedText).unicodeScalars
            self = .value(scalars.map { $0.escaped(asASCII: true) }.joined())
            return
        }
        let plain = text.lowercased()
        // Storage comes as a word or as a number: zero and 0x00…00 are the same.
        self = .value(isNumber ? UInt256(plain.dropFirst(2), radix: 16)?.hexQuantity ?? plain : plain)
    }

    /// For people: numbers and words whole, longer data by their length and the beginning of their hash.
    var text: String {
        switch self {
        case .failed(let kind): return kind.rawValue
        case .none(let reason): return reason
        case .value(let value):
            guard value.utf8.count > 66 else { return value }
            let hash = Keccak256.hash(value)
            let size = value.hasPrefix("0x") ? "\((value.utf8.count - 2) / 2) bytes" : "\(value.utf8.count) characters"
            return "\(size) with hash \(hash.description.prefix(10))…"
        }
    }
}
