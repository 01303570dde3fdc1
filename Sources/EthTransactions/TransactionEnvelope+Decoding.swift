internal import EthCrypto
internal import EthPrimitives

extension TransactionEnvelope {
    /// Decodes the wire form of blocks, strictly: the encoding of the result's fields is `bytes` again.
    ///
    /// Only the form is looked at: whether a block may hold the transaction is what `StatelessRules` and the state say.
    /// - Throws: `TransactionDecodingError`.
    public init(decoding bytes: [UInt8]) throws(TransactionDecodingError) {
        guard let first = bytes.first else { throw .empty }
        // Below 0x80 stands the type; above, the string or list that a legacy transaction is.
        let type = first < 0x80 ? TransactionType(rawValue: first) : .legacy
        guard let type, first >= 0x80 || type != .legacy else { throw .unknownType(first) }
        self = try TransactionFields.read(bytes, from: type == .legacy ? 0 : 1) {
            (fields) throws(TransactionDecodingError) -> TransactionEnvelope in
            switch type {
            case .legacy: .legacy(try Signed(legacy: &fields, encoded: bytes))
            case .accessList: .accessList(try Signed(accessList: &fields, encoded: bytes))
            case .feeMarket: .feeMarket(try Signed(feeMarket: &fields, encoded: bytes))
            case .blob: .blob(try Signed(blob: &fields, encoded: bytes))
            case .setCode: .setCode(try Signed(setCode: &fields, encoded: bytes))
            }
        }
    }
}

extension Signed<LegacyTransaction> {
    fileprivate init(legacy fields: inout TransactionFields, encoded: [UInt8]) throws(TransactionDecodingError) {
        try fields.require(count: 9)
        var transaction = LegacyTransaction(
            chainID: nil, nonce: try fields.uint64(), gasPrice: try fields.wei(), gasLimit: try fields.uint64(),
            to: try fields.optionalAddress(), value: try fields.wei(), data: try fields.bytes())
        let v = try fields.uint256()
        guard let protection = ReplayProtection(v: v) else { throw .wrongV(v) }
        transaction.chainID = protection.chainID
        self.init(transaction, try fields.signature(yParity: protection.yParity), encoded: encoded)
    }
}

extension Signed<AccessListTransaction> {
    fileprivate init(accessList fields: inout TransactionFields, encoded: [UInt8]) throws(TransactionDecodingError) {
        try fields.require(count: 11)
        let transaction = AccessListTransaction(
            chainID: try fields.chainID(), nonce: try fields.uint64(), gasPrice: try fields.wei(),
            gasLimit: try fields.uint64(), to: try fields.optionalAddress(), value: try fields.wei(), data: try fields.bytes(),
            accessList: try fields.accessList())
        self.init(transaction, try fields.signature(), encoded: encoded)
    }
}

extension Signed<FeeMarketTransaction> {
    fileprivate init(feeMarket fields: inout TransactionFields, encoded: [UInt8]) throws(TransactionDecodingError) {
        try fields.require(count: 12)
        let transaction = FeeMarketTransaction(
            chainID: try fields.chainID(), nonce: try fields.uint64(), maxPriorityFeePerGas: try fields.wei(),
            maxFeePerGas: try fields.wei(), gasLimit: try fields.uint64(), to: try fields.optionalAddress(),
            value: try fields.wei(), data: try fields.bytes(), accessList: try fields.accessList())
        self.init(transaction, try fields.signature(), encoded: encoded)
    }
}

extension Signed<BlobTransaction> {
    /// Reads the 14 fields; `encoded` is the wire form that they come from, `nil` to write it anew.
    init(blob fields: inout TransactionFields, encoded: [UInt8]?) throws(TransactionDecodingError) {
        // With its blobs beside it, the list begins with the transaction's own list, and not with a chain id.
        if fields.isAtList { throw .carriesBlobs }
        try fields.require(count: 14)
        let transaction = BlobTransaction(
            chainID: try fields.chainID(), nonce: try fields.uint64(), maxPriorityFeePerGas: try fields.wei(),
            maxFeePerGas: try fields.wei(), gasLimit: try fields.uint64(), to: try fields.address(), value: try fields.wei(),
            data: try fields.bytes(), accessList: try fields.accessList(), maxFeePerBlobGas: try fields.wei(),
            blobVersionedHashes: try fields.hashes())
        let signature = try fields.signature()
        self.init(transaction, signature, encoded: encoded ?? transaction.encoded(with: signature))
    }
}

extension Signed<SetCodeTransaction> {
    fileprivate init(setCode fields: inout TransactionFields, encoded: [UInt8]) throws(TransactionDecodingError) {
        try fields.require(count: 13)
        let transaction = SetCodeTransaction(
            chainID: try fields.chainID(), nonce: try fields.uint64(), maxPriorityFeePerGas: try fields.wei(),
            maxFeePerGas: try fields.wei(), gasLimit: try fields.uint64(), to: try fields.address(), value: try fields.wei(),
            data: try fields.bytes(), accessList: try fields.accessList(), authorizationList: try fields.authorizations())
        self.init(transaction, try fields.signature(), encoded: encoded)
    }
}
