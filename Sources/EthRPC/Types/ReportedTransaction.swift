public import EthCodec
public import EthPrimitives
internal import EthTransactions

/// A transaction as a node reports it: what was signed, where it was mined, and the price.
public struct ReportedTransaction: Sendable, Hashable {
    /// Where a transaction was mined.
    public struct Inclusion: Sendable, Hashable {
        public var blockHash: BlockHash
        public var blockNumber: UInt64
        /// Unix seconds; nodes that are not of late leave it out.
        public var blockTimestamp: UInt64?
        public var transactionIndex: UInt64

        package init(blockHash: BlockHash, blockNumber: UInt64, blockTimestamp: UInt64?, transactionIndex: UInt64) {
            self.blockHash = blockHash
            self.blockNumber = blockNumber
            self.blockTimestamp = blockTimestamp
            self.transactionIndex = transactionIndex
        }
    }

    public var object: TransactionObject
    /// `nil` while the transaction is pending.
    public var inclusion: Inclusion?
    /// Wei per gas that is paid, as nodes state it for transactions with fee caps too.
    public var gasPrice: Wei?

    package init(object: TransactionObject, inclusion: Inclusion?, gasPrice: Wei?) {
        self.object = object
        self.inclusion = inclusion
        self.gasPrice = gasPrice
    }

    /// The members as nodes write them.
    public var json: JSON {
        var members = (object.envelope?.json ?? object.unsigned.json).members ?? []
        if object.signature == nil, object.statedHash != nil {
            // A simulated transaction: nodes write zeros in the place of the signature.
            let names = object.unsigned.type == .legacy ? ["v", "r", "s"] : ["v", "yParity", "r", "s"]
            members += names.map { JSON.Member($0, "0x0") }
        }
        if let gasPrice, !members.contains(where: { $0.name == "gasPrice" }) {
            members.append(.init("gasPrice", Quantity.encode(gasPrice.rawValue)))
        }
        if let hash = object.statedHash { members.append(.init("hash", .string(hash.description))) }
        if let from = object.statedFrom { members.append(.init("from", .string(from.hex))) }
        members.append(.init("blockHash", inclusion.map { .string($0.blockHash.description) } ?? .null))
        members.append(.init("blockNumber", inclusion.map { Quantity.encode($0.blockNumber) } ?? .null))
        members.append(.init("transactionIndex", inclusion.map { Quantity.encode($0.transactionIndex) } ?? .null))
        if let timestamp = inclusion?.blockTimestamp { members.append(.init("blockTimestamp", Quantity.encode(timestamp))) }
        return .object(members)
    }
}

extension ReportedTransaction: ScannableResult {
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        var members = try scanner.object()
        let scan = try TransactionScan(&scanner, &members)
        object = try scan.object(members)
        gasPrice = scan.gasPrice.map(Wei.init)
        if let blockHash = scan.blockHash {
            inclusion = Inclusion(
                blockHash: blockHash, blockNumber: try members.require(scan.blockNumber, "blockNumber"),
                blockTimestamp: scan.blockTimestamp,
                transactionIndex: try members.require(scan.transactionIndex, "transactionIndex"))
        }
    }
}
