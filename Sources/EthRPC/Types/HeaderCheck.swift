internal import EthCodec
import EthPrimitives

/// Recomputes the hash of a header that a node gave: a node that alters a field, such as the time, cannot keep the hash.
///
/// What cannot be judged passes: development chains leave out fields that the hash is over, and a later fork may add some that are
/// not known here.
enum HeaderCheck {
    /// Everything that a block object has besides what the hash is over.
    private static let others: Set = ["hash", "size", "totalDifficulty", "transactions", "uncles", "withdrawals"]
    private static let hashed: Set = [
        "parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom", "difficulty",
        "number", "gasLimit", "gasUsed", "timestamp", "extraData", "mixHash", "nonce", "baseFeePerGas", "withdrawalsRoot",
        "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot", "requestsHash",
    ]

    /// - Throws: `RPCError` of code `malformedResult` if the fields hash to something else than the header says.
    static func verify(_ block: FieldReader, _ header: BlockHeader) throws(RPCError) {
        guard let members = block.json.members, members.allSatisfy({ hashed.contains($0.name) || others.contains($0.name) })
        else { return }
        // Not all fields are there.
        guard let whole = try? ExecutionHeader(block) else { return }
        guard whole.hash == header.hash else {
            throw RPCError(
                .malformedResult,
                "block \(header.number) says that its hash is \(header.hash), its fields hash to \(whole.hash)")
        }
    }
}
