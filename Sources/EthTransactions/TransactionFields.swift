internal import EthCodec
internal import EthCrypto
internal import EthPrimitives

/// The fields of a transaction's list, read in their order, each in its only canonical form.
struct TransactionFields {
    private let items: [RLPItem]
    private var position = 0

    /// - Throws: `TransactionDecodingError.rlp` unless the list has exactly `count` fields.
    init(_ item: RLPItem, count: Int) throws(TransactionDecodingError) {
        items = try Self.checked { () throws(RLPError) in try item.asList(count: count) }
    }

    /// The next field. The count was checked: reading more fields than there are is an error of ours.
    private mutating func next() -> RLPItem {
        defer { position += 1 }
        return items[position]
    }

    mutating func uint256() throws(TransactionDecodingError) -> UInt256 {
        let item = next()
        return try Self.checked { () throws(RLPError) in try item.asUInt256() }
    }

    mutating func uint64() throws(TransactionDecodingError) -> UInt64 {
        let item = next()
        return try Self.checked { () throws(RLPError) in try item.asUInt64() }
    }

    mutating func uint8() throws(TransactionDecodingError) -> UInt8 {
        guard let value = UInt8(exactly: try uint64()) else { throw .rlp(.integerTooLarge(bits: 8)) }
        return value
    }

    mutating func wei() throws(TransactionDecodingError) -> Wei { Wei(try uint256()) }

    mutating func chainID() throws(TransactionDecodingError) -> ChainID { ChainID(try uint64()) }

    mutating func bytes() throws(TransactionDecodingError) -> [UInt8] {
        let item = next()
        return try Self.checked { () throws(RLPError) in try item.asBytes() }
    }

    mutating func address() throws(TransactionDecodingError) -> Address {
        let item = next()
        return try Self.checked { () throws(RLPError) in try item.asAddress() }
    }

    mutating func optionalAddress() throws(TransactionDecodingError) -> Address? {
        let item = next()
        return try Self.checked { () throws(RLPError) in try item.asOptionalAddress() }
    }

    mutating func hashes() throws(TransactionDecodingError) -> [B256] {
        let item = next()
        return try Self.checked { () throws(RLPError) in try Self.hashes(item) }
    }

    mutating func accessList() throws(TransactionDecodingError) -> AccessList {
        let item = next()
        return try Self.checked { () throws(RLPError) in
            var list = AccessList()
            for pair in try item.asList() {
                let fields = try pair.asList(count: 2)
                list.entries.append(.init(address: try fields[0].asAddress(), storageKeys: try Self.hashes(fields[1])))
            }
            return list
        }
    }

    mutating func authorizations() throws(TransactionDecodingError) -> [SignedAuthorization] {
        let item = next()
        let tuples = try Self.checked { () throws(RLPError) in try item.asList() }
        var list: [SignedAuthorization] = []
        for tuple in tuples {
            var fields = try TransactionFields(tuple, count: 6)
            let authorization = Authorization(
                chainID: try fields.uint256(), address: try fields.address(), nonce: try fields.uint64())
            list.append(
                SignedAuthorization(
                    authorization, yParity: try fields.uint8(), r: try fields.uint256(), s: try fields.uint256()))
        }
        return list
    }

    /// Parity, r and s of a typed transaction.
    mutating func signature() throws(TransactionDecodingError) -> Signature {
        let parity = try uint256()
        guard parity <= 1 else { throw .wrongYParity(parity) }
        return try signature(yParity: parity == 1)
    }

    /// r and s, in range. Whether s is in the lower half is a rule of blocks (EIP-2), not of the form.
    mutating func signature(yParity: Bool) throws(TransactionDecodingError) -> Signature {
        let (r, s) = (try uint256(), try uint256())
        do throws(CryptoError) { return try Signature(r: r, s: s, yParity: yParity) } catch { throw .signature(error) }
    }

    private static func hashes(_ item: RLPItem) throws(RLPError) -> [B256] {
        var hashes: [B256] = []
        for hash in try item.asList() { hashes.append(try hash.asFixedBytes()) }
        return hashes
    }

    private static func checked<T>(_ body: () throws(RLPError) -> T) throws(TransactionDecodingError) -> T {
        do throws(RLPError) { return try body() } catch { throw .rlp(error) }
    }
}
