internal import EthCodec
public import EthPrimitives

/// Reads of the state. Without a block, nodes answer at the newest.
extension RPCQuery where Value == Wei {
    public static func balance(of address: Address, at block: BlockReference?) -> Self {
        Self(
            .account("eth_getBalance", address, block),
            scanning: { (result) throws(FieldFault) in Wei(try result.quantity()) })
    }
}

extension RPCQuery where Value == Nonce {
    /// Number of transactions that an account has sent: below 2^53, where arithmetic on nonces is safe, and no account comes near it.
    public static func nonce(of address: Address, at block: BlockReference?) -> Self {
        Self(
            .account("eth_getTransactionCount", address, block),
            scanning: { (result) throws(FieldFault) in
                let start = result.offset
                let nonce = try result.uint64()
                guard nonce < 1 << 53 else { throw FieldFault(.expected("a nonce below 2^53"), at: start) }
                return nonce
            })
    }
}

extension RPCQuery where Value == [UInt8] {
    /// A contract's code; empty where there is none.
    public static func code(of address: Address, at block: BlockReference?) -> Self {
        Self(
            .account("eth_getCode", address, block), scanning: { (result) throws(FieldFault) in try result.bytes() })
    }
}

extension RPCQuery where Value == B256 {
    /// One 32-byte word of a contract's storage.
    public static func storage(of address: Address, _ key: StorageKey, at block: BlockReference?) -> Self {
        let request =
            if case .slot(let slot) = key { RPCRequest.storage(of: address, slot, block) } else {
                RPCRequest(
                    method: "eth_getStorageAt", params: [.string(address.hex), key.json, block?.json].compactMap { $0 })
            }
        return Self(request, scanning: { (result) throws(FieldFault) in try result.b256() })
    }
}

extension RPCQuery where Value == AccountProof {
    /// An account and some of its storage with their proofs (EIP-1186).
    public static func proof(of address: Address, _ keys: [StorageKey], at block: BlockReference?) -> Self {
        Self("eth_getProof", [.string(address.hex), .array(keys.map(\.json)), block?.json]) { (result) throws(RPCError) in
            try AccountProof(result)
        }
    }
}
