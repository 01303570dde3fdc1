import EthPrimitives
import Foundation
import KeeperCore
import KeeperStore
import KeeperTransactions

/// Where the processes of a run, one after the other, find configuration, key and store.
struct StoreHome: Sendable {
    let store: URL
    let config: URL
    let key: URL
    let account: StoreAccount
    private let folder: URL

    /// The files of a store, and the lock beside it.
    private static let parts = ["", "-wal", "-shm", ".lock"]

    init(_ chain: LocalChain) throws {
        folder = try Project.temporaryFolder()
        store = folder.appending(path: "poker.sqlite")
        config = folder.appending(path: "poker.yaml")
        key = folder.appending(path: "key")
        let keeper = chain.accounts["keeper"]
        account = StoreAccount(chainID: 1337, address: keeper?.address ?? .zero)
        try PokerProcess.configuration(chain, store: store.path).write(to: config, atomically: true, encoding: .utf8)
        try (keeper?.key ?? "").write(to: key, atomically: true, encoding: .utf8)
    }

    /// As after the loss of a disk.
    func loseStore() throws {
        for part in Self.parts where FileManager.default.fileExists(atPath: store.path + part) {
            try FileManager.default.removeItem(atPath: store.path + part)
        }
    }

    func remove() throws { try FileManager.default.removeItem(at: folder) }

    /// Hands on the path of a copy of the store as a killed process left it: what looks at the copy leaves the store alone, so that
    /// the next process finds it as it was. `nil` if there is no store.
    func inspect<T>(_ body: (String) throws -> T) throws -> T? {
        guard Project.exists(store) else { return nil }
        let place = folder.appending(path: "copy")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }  // the next copy fails if this did
        let copy = place.appending(path: "poker.sqlite").path
        for part in ["", "-wal"] where FileManager.default.fileExists(atPath: store.path + part) {
            try FileManager.default.copyItem(atPath: store.path + part, toPath: copy + part)
        }
        return try body(copy)
    }

    /// What a killed process left; checked as far as the next process checks it.
    func records() throws -> [Record]? { try inspect { try SQLiteStore(path: $0).records(of: account) } }
}
