import EthCodec
import EthPrimitives
import EthTransactions
import KeeperTransactions

/// The policy said a second time, over the bytes that would be signed and nothing else: a field that the policy overlooked is
/// there.
enum PolicyOracle {
    static func admits(_ transaction: UnsignedTransaction, bound: [Nonce], _ policy: SigningPolicy, account: Address) throws
        -> Bool
    {
        let payload = transaction.signingPayload
        guard payload.first == 2 else { return false }
        guard case .list(let fields) = try RLPDecoder.decode(Array(payload.dropFirst())), fields.count == 9 else { return false }
        let bytes = fields.prefix(8).map { field in if case .bytes(let bytes) = field { bytes } else { [0xFF] as [UInt8] } }
        let numbers = bytes.map { bytes in
            bytes.count > 32 ? UInt256.max : bytes.reduce(UInt256.zero) { $0 << 8 | UInt256(UInt64($1)) }
        }
        let (nonce, tip, cap, gas, value) = (numbers[1], numbers[2], numbers[3], numbers[4], numbers[6])
        guard numbers[0] == UInt256(policy.chainID.rawValue), value == .zero, case .list(let list) = fields[8] else {
            return false
        }
        guard tip <= cap, cap <= policy.maxFeePerGas.rawValue, gas <= UInt256(policy.maxGasLimit) else { return false }
        // Neither factor has more than 64 bits here, or the product is too large anyway.
        guard cap < UInt256(1) << 128, cap * gas <= policy.maxSpendPerTransaction.rawValue else { return false }
        if bytes[5] == account.bytes {
            return list.isEmpty && bytes[7].isEmpty && gas == 21_000 && bound.contains { nonce <= UInt256($0) }
        }
        let slots = list.reduce(0) { count, entry in
            guard case .list(let pair) = entry, pair.count == 2, case .list(let keys) = pair[1] else { return .max }
            return count + keys.count
        }
        guard list.count <= 64, slots <= 512 else { return false }
        return policy.contracts.contains { contract, selectors in
            contract.bytes == bytes[5] && selectors.contains { bytes[7].count >= 4 && bytes[7].starts(with: $0.bytes) }
        }
    }
}
