internal import EthCodec
internal import EthCrypto
internal import EthPrimitives

extension TransactionEnvelope {
    /// Decodes the wire form of blocks, strictly: `encoded` of the result is `bytes` again.
    ///
    /// Only the form is looked at: whether a block may hold the transaction is what `StatelessRules` and the state say.
    /// - Throws: `TransactionDecodingError`.
    public init(decoding bytes: [UInt8]) throws(TransactionDecodingError) {
        guard let first = bytes.first else { throw .empty }
        guard first < 0x80 else {
            self = .legacy(try Self.legacy(RLPItem(decoding: bytes[...]), bytes))
            return
        }
        guard let type = TransactionType(rawValue: first), type != .legacy else { throw .unknownType(first) }
        let list = try RLPItem(decoding: bytes.dropFirst())
        switch type {
        case .legacy: throw .unknownType(first)
        case .accessList: self = .accessList(try Self.accessList(list, bytes))
        case .feeMarket: self = .feeMarket(try Self.feeMarket(list, bytes))
        case .blob: self = .blob(try Signed(blob: list, encoded: bytes))
        case .setCode: self = .setCode(try Self.setCode(list, bytes))
        }
    }

    private static func legacy(
        _ list: RLPItem, _ bytes: [UInt8]
    ) throws(TransactionDecodingError) -> Signed<LegacyTransaction> {
        var fields = try TransactionFields(list, count: 9)
        var transaction = LegacyTransaction(
            chainID: nil, nonce: try fields.uint64(), gasPrice: try fields.wei(), gasLimit: try fields.uint64(),
            to: try fields.optionalAddress(), value: try fields.wei(), data: try fields.bytes())
        let v = try fields.uint256()
        // 27 and 28 name no chain; otherwise v is 35 + 2 × chain id + parity (EIP-155).
        if v == 27 || v == 28 {
            return Signed(transaction, try fields.signature(yParity: v == 28), encoded: bytes)
        }
        guard v >= 35, let chainID = ((v - 35) >> 1).asUInt64 else { throw .wrongV(v) }
        transaction.chainID = ChainID(chainID)
        return Signed(transaction, try fields.signature(yParity: (v - 35) & 1 == 1), encoded: bytes)
    }

    private static func accessList(
        _ list: RLPItem, _ bytes: [UInt8]
    ) throws(TransactionDecodingError) -> Signed<AccessListTransaction> {
        var fields = try TransactionFields(list, count: 11)
        let transaction = AccessListTransaction(
            chainID: try fields.chainID(), nonce: try fields.uint64(), gasPrice: try fields.wei(),
            gasLimit: try fields.uint64(), to: try fields.optionalAddress(), value: try fields.wei(), data: try fields.bytes(),
            accessList: try fields.accessList())
        return Signed(transaction, try fields.signature(), encoded: bytes)
    }

    private static func feeMarket(
        _ list: RLPItem, _ bytes: [UInt8]
    ) throws(TransactionDecodingError) -> Signed<FeeMarketTransaction> {
        var fields = try TransactionFields(list, count: 12)
        let transaction = FeeMarketTransaction(
            chainID: try fields.chainID(), nonce: try fields.uint64(), maxPriorityFeePerGas: try fields.wei(),
            maxFeePerGas: try fields.wei(), gasLimit: try fields.uint64(), to: try fields.optionalAddress(),
            value: try fields.wei(), data: try fields.bytes(), accessList: try fields.accessList())
        return Signed(transaction, try fields.signature(), encoded: bytes)
    }

    private static func setCode(
        _ list: RLPItem, _ bytes: [UInt8]
    ) throws(TransactionDecodingError) -> Signed<SetCodeTransaction> {
        var fields = try TransactionFields(list, count: 13)
        let transaction = SetCodeTransaction(
            chainID: try fields.chainID(), nonce: try fields.uint64(), maxPriorityFeePerGas: try fields.wei(),
            maxFeePerGas: try fields.wei(), gasLimit: try fields.uint64(), to: try fields.address(), value: try fields.wei(),
            data: try fields.bytes(), accessList: try fields.accessList(), authorizationList: try fields.authorizations())
        return Signed(transaction, try fields.signature(), encoded: bytes)
    }
}

extension Signed<BlobTransaction> {
    /// Reads the 14 fields; `encoded` is the wire form that they come from, `nil` to write it anew.
    init(blob list: RLPItem, encoded: [UInt8]?) throws(TransactionDecodingError) {
        // With its blobs beside it, the list begins with the transaction's own list, and not with a chain id.
        if case .list(let items) = list, case .list = items.first { throw .carriesBlobs }
        var fields = try TransactionFields(list, count: 14)
        let transaction = BlobTransaction(
            chainID: try fields.chainID(), nonce: try fields.uint64(), maxPriorityFeePerGas: try fields.wei(),
            maxFeePerGas: try fields.wei(), gasLimit: try fields.uint64(), to: try fields.address(), value: try fields.wei(),
            data: try fields.bytes(), accessList: try fields.accessList(), maxFeePerBlobGas: try fields.wei(),
            blobVersionedHashes: try fields.hashes())
        let signature = try fields.signature()
        if let encoded {
            self.init(transaction, signature, encoded: encoded)
        } else {
            self.init(transaction, signature)
        }
    }
}

extension RLPItem {
    init(decoding bytes: ArraySlice<UInt8>) throws(TransactionDecodingError) {
        do throws(RLPError) { self = try RLPDecoder.decode(Array(bytes)) } catch { throw .rlp(error) }
    }
}
