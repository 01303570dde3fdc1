import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions

/// What `eth_sendRawTransaction` is given, read with the words of geth.
enum IncomingTransaction {
    /// Bytes of a transaction without blobs (geth's pool).
    private static let sizeLimit = 128 * 1024
    /// The same with blobs: six of them with their proofs.
    private static let blobSizeLimit = 1 << 20

    /// - Parameter fork: the newest that is known.
    /// - Returns: the transaction and who signed it.
    /// - Throws: the node's refusal.
    static func read(_ bytes: [UInt8], _ chainID: ChainID, _ fork: Fork) throws(RPCError) -> (TransactionEnvelope, Address) {
        guard let first = bytes.first, first >= 0x80 || bytes.count > 1 else {
            throw NodeAnswer.failure("typed transaction too short")
        }
        let limit = first == TransactionType.blob.rawValue ? blobSizeLimit : sizeLimit
        if bytes.count > limit {
            throw NodeAnswer.failure("oversized data: transaction size \(bytes.count), limit \(limit)")
        }
        let envelope: TransactionEnvelope
        do throws(TransactionDecodingError) { envelope = try TransactionEnvelope(decodingPooled: bytes) } catch {
            throw NodeAnswer.failure(words(for: error))
        }
        if case .blob(let signed) = envelope, signed.encoded.count == bytes.count {
            throw NodeAnswer.failure("missing sidecar in blob transaction")
        }
        return (envelope, try sender(envelope, chainID))
    }

    /// Who signed, for this chain.
    static func sender(_ envelope: TransactionEnvelope, _ chainID: ChainID) throws(RPCError) -> Address {
        guard let bound = envelope.unsigned.chainID else {
            throw NodeAnswer.failure("only replay-protected (EIP-155) transactions allowed over RPC")
        }
        guard bound == chainID else {
            throw NodeAnswer.failure("invalid sender: invalid chain id for signer: have \(bound) want \(chainID)")
        }
        let refusal = NodeAnswer.failure("invalid sender: invalid transaction v, r, s values")
        guard envelope.signature.isLowS else { throw refusal }
        do throws(CryptoError) { return try envelope.sender() } catch { throw refusal }
    }

    private static func words(for error: TransactionDecodingError) -> String {
        switch error {
        case .empty: "typed transaction too short"
        case .unknownType: "transaction type not supported"
        case .wrongV, .wrongYParity, .signature: "invalid sender: invalid transaction v, r, s values"
        case .rlp(let error):
            switch error {
            case .truncated, .overrunsList: "rlp: value size exceeds available input length"
            case .trailingBytes: "rlp: input contains more than one value"
            default: "rlp: \(error)"
            }
        case .carriesBlobs, .wrongSidecar: "rlp: \(error)"
        }
    }
}
