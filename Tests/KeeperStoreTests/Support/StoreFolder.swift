import EthCodec
import EthPrimitives
import Foundation
import KeeperCore
import KeeperStore
import KeeperTransactions

/// A folder for one test's stores, removed when the test lets go of it.
final class StoreFolder: Sendable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "stores-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    /// Left-overs in a temporary folder harm nobody.
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String = "store.sqlite") -> String { path + "/" + name }

    func bytes(_ name: String = "store.sqlite") throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: file(name)))) }

    func write(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: URL(filePath: file(name))) }

    /// Names and content of all files.
    func everything() throws -> [String: [UInt8]] {
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        return Dictionary(uniqueKeysWithValues: try names.map { ($0, try bytes($0)) })
    }
}

/// A small store's content.
enum Content {
    static let account = StoreAccount(chainID: 1, address: .zero)
    static let other = StoreAccount(chainID: 10, address: .zero)

    static func record(_ number: UInt64) -> Record { .adopted(nonce: number, block: 1_000_000 + number) }

    /// Makes a store with some rows in each table, and closes it.
    static func make(_ path: String, count: UInt64 = 20) throws {
        let store = try SQLiteStore(path: path, now: { 1_700_000_000 })
        for number in 0..<count {
            try store.append([record(number)], of: number % 4 == 3 ? other : account, journal: [line(number)])
        }
        try store.setMemory(Array("what the keeper knew".utf8), of: "poker")
        try store.setMemory([], of: "other")
    }

    static func line(_ number: UInt64) -> JSON { .object(["number": .integer(number), "kind": "decision"]) }

    /// All that a keeper would hear from a store.
    struct Answers: Equatable {
        var records: [[Record]]
        var lines: [[UInt8]]
        var memories: [[UInt8]?]

        init(_ store: SQLiteStore) throws {
            records = [try store.records(of: Content.account), try store.records(of: Content.other)]
            lines = try store.journalLines()
            memories = [try store.memory(of: "poker"), try store.memory(of: "other"), try store.memory(of: "nobody")]
        }

        /// Whether this is the whole or an earlier state of the other's records and journal.
        func isPrefix(of other: Answers) -> Bool {
            zip(records, other.records).allSatisfy { other.records.isEmpty || $1.starts(with: $0) }
                && other.lines.starts(with: lines)
        }
    }
}
