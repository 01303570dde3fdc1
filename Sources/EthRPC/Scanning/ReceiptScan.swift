internal import EthPrimitives

/// The members of a receipt while it is read.
struct ReceiptScan {
    var transactionHash: B256?
    var blockHash: B256?
    var blockNumber: UInt64?
    var transactionIndex: UInt64?
    var type: UInt64?
    var from: Address?
    var to: Address?
    var contractAddress: Address?
    /// 1 is success; before Byzantium a receipt has `root` in its place.
    var status: Bool?
    var root: B256?
    var gasUsed: UInt64?
    var cumulativeGasUsed: UInt64?
    var effectiveGasPrice: Wei?
    var blobGasUsed: UInt64?
    var blobGasPrice: Wei?
    var logsBloom: FixedBytes<256>?
    var logs: [Log]?

    init(_ scanner: inout FieldScanner, _ members: inout FieldScanner.Members) throws(FieldFault) {
        while let name = try scanner.nextName(&members) {
            switch name.count {
            case 2 where name("to"): try scanner.readUnlessNull(&to)
            case 4 where name("from"): try scanner.read(&from)
            case 4 where name("logs"): try scanner.read(&logs)
            case 4 where name("root"): try scanner.readUnlessNull(&root)
            case 4 where name("type"): try scanner.readUnlessNull(&type)
            case 6 where name("status"): try readStatus(&scanner)
            case 7 where name("gasUsed"): try scanner.read(&gasUsed)
            case 9 where name("blockHash"): try scanner.read(&blockHash)
            case 9 where name("logsBloom"): try scanner.read(&logsBloom, "256 bytes")
            case 11 where name("blockNumber"): try scanner.readHeight(&blockNumber)
            case 11 where name("blobGasUsed"): try scanner.readUnlessNull(&blobGasUsed)
            case 12 where name("blobGasPrice"): try scanner.readUnlessNull(&blobGasPrice)
            case 15 where name("transactionHash"): try scanner.read(&transactionHash)
            case 15 where name("contractAddress"): try scanner.readUnlessNull(&contractAddress)
            case 16 where name("transactionIndex"): try scanner.read(&transactionIndex)
            case 17 where name("cumulativeGasUsed"): try scanner.read(&cumulativeGasUsed)
            case 17 where name("effectiveGasPrice"): try scanner.readUnlessNull(&effectiveGasPrice)
            default: try scanner.skip()
            }
        }
    }

    private mutating func readStatus(_ scanner: inout FieldScanner) throws(FieldFault) {
        let start = scanner.offset
        guard try !scanner.null() else { return }
        guard status == nil else { throw FieldFault(.repeated, at: start) }
        let value = try scanner.uint64()
        guard value <= 1 else { throw FieldFault(.expected("0x0 or 0x1"), at: start) }
        status = value == 1
    }
}
