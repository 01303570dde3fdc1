import EthCodec
import KeeperCore
import KeeperTransactions

/// A store on a disk that fails under some of what is written.
struct FaultyStore: Store {
    let base: any Store
    /// Of what is to be written, before it is.
    var before: @Sendable ([Record]) -> StoreError? = { _ in nil }
    /// After it was written.
    var after: @Sendable ([Record]) -> StoreError? = { _ in nil }

    func records(of account: StoreAccount) throws(StoreError) -> [Record] { try base.records(of: account) }

    func append(_ records: [Record], of account: StoreAccount, journal: [JSON]) throws(StoreError) {
        if let error = before(records) { throw error }
        try base.append(records, of: account, journal: journal)
        if let error = after(records) { throw error }
    }

    func memory(of keeper: String) throws(StoreError) -> [UInt8]? { try base.memory(of: keeper) }
    func setMemory(_ bytes: [UInt8], of keeper: String) throws(StoreError) { try base.setMemory(bytes, of: keeper) }
}
