public import EthCodec
public import EthPrimitives

/// The transactions of a block: their hashes, or the whole, as it was asked.
public enum BlockTransactions: Sendable, Hashable {
    case hashes([TransactionHash])
    case full([ReportedTransaction])

    public var count: Int {
        switch self {
        case .hashes(let hashes): hashes.count
        case .full(let transactions): transactions.count
        }
    }

    public var json: JSON {
        switch self {
        case .hashes(let hashes): .array(hashes.map { .string($0.description) })
        case .full(let transactions): .array(transactions.map(\.json))
        }
    }
}

extension BlockTransactions: ScannableResult {
    /// More than blocks commonly hold: from there on they are counted before they are read.
    private static let many = 2_048

    /// An empty list counts as hashes.
    public init(_ scanner: inout FieldScanner) throws(FieldFault) {
        var members = try scanner.array()
        guard try scanner.nextElement(&members) else {
            self = .hashes([])
            return
        }
        if try scanner.next() == UInt8(ascii: "\"") {
            var hashes = [try scanner.b256()]
            while try scanner.nextElement(&members) { hashes.append(try scanner.b256()) }
            self = .hashes(hashes)
        } else {
            var transactions = [try ReportedTransaction(&scanner)]
            while try scanner.nextElement(&members) {
                if transactions.count == Self.many { transactions.reserveCapacity(Self.many + 1 + scanner.countOfRest()) }
                transactions.append(try ReportedTransaction(&scanner))
            }
            self = .full(transactions)
        }
    }
}
