internal import EthCodec
internal import EthCrypto
internal import EthPrimitives

/// The fields of a transaction's list, read in their order and in place, each in its only canonical form.
struct TransactionFields {
    private var reader: RLPReader

    /// Reads the one list that begins at `offset` and fills the rest of `bytes`.
    /// - Throws: what `body` throws; `TransactionDecodingError.rlp` if there is no such list or `body` leaves fields over.
    static func read<Result>(
        _ bytes: [UInt8], from offset: Int, _ body: (inout TransactionFields) throws(TransactionDecodingError) -> Result
    ) throws(TransactionDecodingError) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(TransactionDecodingError) -> Result in
            var outer = TransactionFields(reader: RLPReader(UnsafeRawBufferPointer(buffer), from: offset))
            var fields = try outer.list()
            let result = try body(&fields)
            try fields.finish()
            try outer.finish()
            return result
        }
    }

    private init(reader: RLPReader) { self.reader = reader }

    private mutating func next<Value>(
        _ read: (inout RLPReader) throws(RLPError) -> Value
    ) throws(TransactionDecodingError) -> Value {
        do throws(RLPError) { return try read(&reader) } catch { throw .rlp(error) }
    }

    /// Whether the next field is a list.
    var isAtList: Bool { reader.isAtList }
    var isAtEnd: Bool { reader.isAtEnd }

    /// Fields that are left.
    func count() throws(TransactionDecodingError) -> Int {
        do throws(RLPError) { return try reader.count() } catch { throw .rlp(error) }
    }

    /// - Throws: `TransactionDecodingError.rlp` unless exactly `count` fields are left.
    func require(count expected: Int) throws(TransactionDecodingError) {
        let actual = try count()
        guard actual == expected else { throw .rlp(.wrongCount(expected: expected, actual: actual)) }
    }

    func finish() throws(TransactionDecodingError) {
        do throws(RLPError) { try reader.finish() } catch { throw .rlp(error) }
    }

    mutating func list() throws(TransactionDecodingError) -> TransactionFields {
        TransactionFields(reader: try next { reader throws(RLPError) in try reader.list() })
    }

    mutating func uint256() throws(TransactionDecodingError) -> UInt256 {
        try next { reader throws(RLPError) in try reader.uint256() }
    }

    mutating func uint64() throws(TransactionDecodingError) -> UInt64 {
        try next { reader throws(RLPError) in try reader.uint64() }
    }

    mutating func uint8() throws(TransactionDecodingError) -> UInt8 {
        guard let value = UInt8(exactly: try uint64()) else { throw .rlp(.integerTooLarge(bits: 8)) }
        return value
    }

    mutating func wei() throws(TransactionDecodingError) -> Wei { Wei(try uint256()) }

    mutating func chainID() throws(TransactionDecodingError) -> ChainID { ChainID(try uint64()) }

    mutating func bytes() throws(TransactionDecodingError) -> [UInt8] {
        try next { reader throws(RLPError) in try reader.bytes() }
    }

    /// The length of a byte string that is passed over.
    mutating func length() throws(TransactionDecodingError) -> Int {
        try next { reader throws(RLPError) in try reader.string().count }
    }

    mutating func address() throws(TransactionDecodingError) -> Address {
        try next { reader throws(RLPError) in try reader.address() }
    }

    mutating func optionalAddress() throws(TransactionDecodingError) -> Address? {
        try next { reader throws(RLPError) in try reader.optionalAddress() }
    }

    mutating func hashes() throws(TransactionDecodingError) -> [B256] {
        try next { reader throws(RLPError) in
            var list = try reader.list()
            var hashes: [B256] = []
            while !list.isAtEnd { hashes.append(try list.fixedBytes()) }
            return hashes
        }
    }

    mutating func accessList() throws(TransactionDecodingError) -> AccessList {
        var list = try list()
        var entries: [AccessList.Entry] = []
        while !list.isAtEnd {
            var pair = try list.list()
            try pair.require(count: 2)
            entries.append(.init(address: try pair.address(), storageKeys: try pair.hashes()))
        }
        return AccessList(entries)
    }

    mutating func authorizations() throws(TransactionDecodingError) -> [SignedAuthorization] {
        var list = try list()
        var tuples: [SignedAuthorization] = []
        while !list.isAtEnd {
            var tuple = try list.list()
            try tuple.require(count: 6)
            let authorization = Authorization(
                chainID: try tuple.uint256(), address: try tuple.address(), nonce: try tuple.uint64())
            tuples.append(
                SignedAuthorization(authorization, yParity: try tuple.uint8(), r: try tuple.uint256(), s: try tuple.uint256()))
        }
        return tuples
    }

    /// Parity, r and s of a typed transaction.
    mutating func signature() throws(TransactionDecodingError) -> Signature {
        let parity = try uint256()
        // Narrowed first: comparing a wide number with a literal goes through generic code.
        switch parity.asUInt64 {
        case 0: return try signature(yParity: false)
        case 1: return try signature(yParity: true)
        default: throw .wrongYParity(parity)
        }
    }

    /// r and s, in range. Whether s is in the lower half is a rule of blocks (EIP-2), not of the form.
    mutating func signature(yParity: Bool) throws(TransactionDecodingError) -> Signature {
        let (r, s) = (try uint256(), try uint256())
        do throws(CryptoError) { return try Signature(r: r, s: s, yParity: yParity) } catch { throw .signature(error) }
    }
}
