import EthPrimitives
import GRDB
import KeeperCore

/// The accounts that have records.
enum AccountRows {
    /// The number of an account in this store, `nil` if it has no records.
    static func id(of account: StoreAccount, _ db: Database) throws -> Int64? {
        let statement = try db.cachedStatement(sql: "SELECT id FROM account WHERE chain = ? AND address = ?")
        return try Row.fetchOne(statement, arguments: [chain(account), account.address.hex])?.integer(0)
    }

    static func add(_ account: StoreAccount, to db: Database) throws -> Int64 {
        try db.execute(
            sql: "INSERT INTO account (chain, address) VALUES (?, ?)", arguments: [chain(account), account.address.hex])
        return db.lastInsertedRowID
    }

    static func all(_ db: Database) throws -> [(id: Int64, account: StoreAccount)] {
        try Row.fetchAll(db, sql: "SELECT id, chain, address FROM account ORDER BY id").map { row in
            do {
                let chain = ChainID(UInt64(bitPattern: try row.integer(1)))
                return (try row.integer(0), StoreAccount(chainID: chain, address: try Address(hex: try row.text(2))))
            } catch is AddressError {
                throw StoreError(.damaged, "the store names an account that is none")
            }
        }
    }

    private static func chain(_ account: StoreAccount) -> Int64 { Int64(bitPattern: account.chainID.rawValue) }
}
