import EthCodec
import EthPrimitives
import KeeperCore
import KeeperTransactions

/// What the probe appends in one call: known from its number, and long enough for several pages.
struct ProbeBatch {
    static let account = StoreAccount(chainID: 1, address: .zero)
    static let records = 3 as UInt64

    let number: UInt64

    init(_ number: UInt64) { self.number = number }

    func append(to store: some Store) throws(StoreError) {
        let records = (0..<Self.records).map { Record.adopted(nonce: Self.records * number + $0, block: number) }
        let line = JSON.object(["batch": .integer(number), "filling": .string(String(repeating: "-", count: 6_000))])
        try store.append(records, of: Self.account, journal: [line])
    }

    /// Batches that are in a store; it holds nothing else.
    static func count(in store: some Store) throws(StoreError) -> UInt64 {
        UInt64(try store.records(of: account).count) / records
    }
}
