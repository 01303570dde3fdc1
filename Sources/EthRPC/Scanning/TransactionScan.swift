internal import EthCrypto
internal import EthPrimitives
internal import EthTransactions

/// The members of a transaction object while it is read: which of them must be there is known only at its end.
struct TransactionScan {
    var type: UInt64?
    var chainID: UInt64?
    var nonce: UInt64?
    var gas: UInt64?
    var gasPrice: UInt256?
    var maxFeePerGas: UInt256?
    var maxPriorityFeePerGas: UInt256?
    var maxFeePerBlobGas: UInt256?
    var to: Address?
    var value: UInt256?
    var input: [UInt8]?
    var accessList: [AccessList.Entry]?
    var blobVersionedHashes: [B256]?
    var authorizationList: [SignedAuthorization]?
    var v: UInt256?
    var yParity: UInt64?
    var r: UInt256?
    var s: UInt256?
    var from: Address?
    var hash: B256?
    var blockHash: B256?
    var blockNumber: UInt64?
    var blockTimestamp: UInt64?
    var transactionIndex: UInt64?

    /// Reads the whole object; members that are `null` count as absent.
    @inline(__always)
    init(_ scanner: inout FieldScanner, _ members: inout FieldScanner.Members) throws(FieldFault) {
        while let name = try scanner.nextName(&members) {
            guard try !scanner.null() else { continue }
            switch name.count {
            case 1: try readScalar(name, &scanner)
            case 2 where name("to"): try scanner.read(&to)
            case 3 where name("gas"): try scanner.read(&gas)
            case 4 where name("from"): try scanner.read(&from)
            case 4 where name("hash"): try scanner.read(&hash)
            case 4 where name("type"): try scanner.read(&type)
            case 4 where name("data"): try readInput(&scanner)
            case 5 where name("input"): try readInput(&scanner)
            case 5 where name("nonce"): try scanner.read(&nonce)
            case 5 where name("value"): try scanner.read(&value)
            case 7 where name("chainId"): try scanner.read(&chainID)
            case 7 where name("yParity"): try scanner.read(&yParity)
            case 8 where name("gasPrice"): try scanner.read(&gasPrice)
            case 8 where name("gasLimit"): try readGasLimit(&scanner)
            case 9 where name("blockHash"): try scanner.read(&blockHash)
            case 10 where name("accessList"): accessList = try Self.accessList(&scanner)
            case 11 where name("blockNumber"): try scanner.readHeight(&blockNumber)
            case 12 where name("maxFeePerGas"): try scanner.read(&maxFeePerGas)
            case 14 where name("blockTimestamp"): try scanner.readSeconds(&blockTimestamp)
            case 16 where name("transactionIndex"): try scanner.read(&transactionIndex)
            case 16 where name("maxFeePerBlobGas"): try scanner.read(&maxFeePerBlobGas)
            case 17 where name("authorizationList"): authorizationList = try Self.authorizations(&scanner)
            case 19 where name("blobVersionedHashes"): try scanner.read(&blobVersionedHashes)
            case 20 where name("maxPriorityFeePerGas"): try scanner.read(&maxPriorityFeePerGas)
            default: try scanner.skip()
            }
        }
    }

    @inline(__always)
    private mutating func readScalar(_ name: FieldScanner.Name, _ scanner: inout FieldScanner) throws(FieldFault) {
        if name("v") { return try scanner.read(&v) }
        let isR = name("r")
        guard isR || name("s") else { return try scanner.skip() }
        guard (isR ? r : s) == nil else { throw FieldFault(.repeated, at: scanner.offset) }
        if isR { r = try scanner.scalar() } else { s = try scanner.scalar() }
    }

    /// `input`, or `data` as some call it; both must agree.
    private mutating func readInput(_ scanner: inout FieldScanner) throws(FieldFault) {
        let start = scanner.offset
        let other = input
        input = nil
        try scanner.read(&input)
        if let other, other != input { throw FieldFault(.expected("the same bytes under input and data"), at: start) }
    }

    /// `gas`, or `gasLimit` as some call it; both must agree.
    private mutating func readGasLimit(_ scanner: inout FieldScanner) throws(FieldFault) {
        let start = scanner.offset
        let other = gas
        gas = nil
        try scanner.read(&gas)
        if let other, other != gas { throw FieldFault(.expected("the same number under gas and gasLimit"), at: start) }
    }

    private static func accessList(_ scanner: inout FieldScanner) throws(FieldFault) -> [AccessList.Entry] {
        try scanner.elements { (scanner) throws(FieldFault) in
            var members = try scanner.object()
            var (address, keys): (Address?, [B256]?) = (nil, nil)
            while let name = try scanner.nextName(&members) {
                switch name.count {
                case 7 where name("address"): try scanner.read(&address)
                case 11 where name("storageKeys"): try scanner.read(&keys)
                default: try scanner.skip()
                }
            }
            return AccessList.Entry(
                address: try members.require(address, "address"), storageKeys: try members.require(keys, "storageKeys"))
        }
    }

    private static func authorizations(_ scanner: inout FieldScanner) throws(FieldFault) -> [SignedAuthorization] {
        try scanner.elements { (scanner) throws(FieldFault) in
            var members = try scanner.object()
            var (chainID, r, s): (UInt256?, UInt256?, UInt256?) = (nil, nil, nil)
            var (address, nonce, yParity, v): (Address?, UInt64?, UInt64?, UInt64?) = (nil, nil, nil, nil)
            while let name = try scanner.nextName(&members) {
                switch name.count {
                case 1 where name("r"): r = try scanner.scalar()
                case 1 where name("s"): s = try scanner.scalar()
                case 1 where name("v"): try scanner.read(&v)
                case 5 where name("nonce"): try scanner.read(&nonce)
                case 7 where name("address"): try scanner.read(&address)
                case 7 where name("chainId"): try scanner.read(&chainID)
                case 7 where name("yParity"): try scanner.read(&yParity)
                default: try scanner.skip()
                }
            }
            guard let parity = UInt8(exactly: try members.require(yParity ?? v, "yParity")) else {
                throw FieldFault(.expected("an authorization whose parity is a byte"), at: members.start)
            }
            let authorization = Authorization(
                chainID: try members.require(chainID, "chainId"), address: try members.require(address, "address"),
                nonce: try members.require(nonce, "nonce"))
            return SignedAuthorization(
                authorization, yParity: parity, r: try members.require(r, "r"), s: try members.require(s, "s"))
        }
    }
}

extension FieldScanner {
    /// r or s: a quantity, or 32 bytes, as some nodes write them.
    @inline(__always)
    fileprivate mutating func scalar() throws(FieldFault) -> UInt256 {
        let isWord = offset + 67 < count && byte(offset + 67) == UInt8(ascii: "\"") && byte(offset + 3) == UInt8(ascii: "0")
        return isWord ? UInt256(bigEndian: try b256()) : try quantity()
    }
}
