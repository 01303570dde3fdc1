import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import KeeperCore
import KeeperStore
import KeeperTestServer
import Testing

/// The search that the fault matrix makes in every story: whether it would find anything.
@Suite("Search for secrets", .timeLimit(.minutes(2)))
struct SecretSearchTests {
    /// A story in which as much as possible is said: a node fails, and comes back.
    private static let story = Story.pair(.refuse(-32000, "node is syncing")).stepping(Story.healing)

    @Test("everything that a keeper leaves is searched, and a secret anywhere in it is found, in each of its forms")
    func planted() async throws {
        let outputs = try await Stage.play(Self.story).outputs
        let kinds = Set(outputs.map(\.name))
        let needed: Set = [
            "log line", "notice", "news", "tick", "store.sqlite", "store.sqlite-wal", "journal.ndjson", "cassette.ndjson",
            "metrics", "line of the store's journal", "manager", "signer", "configuration",
        ]
        #expect(kinds.isSuperset(of: needed), "missing: \(needed.subtracting(kinds))")
        #expect(outputs.allSatisfy { !$0.bytes.isEmpty || $0.name.hasSuffix(".lock") })
        #expect(Canaries.found(in: outputs).isEmpty)
        var found = 0
        for output in outputs {
            for secret in Canaries.forms {
                let middle = output.bytes.count / 2
                let bytes = Array(output.bytes[..<middle]) + secret.bytes + output.bytes[middle...]
                #expect(!Canaries.found(in: [Output(output.name, bytes)]).isEmpty, "\(secret.name) in \(output.name)")
                found += 1
            }
        }
        print("planted secrets: \(found) found in \(outputs.count) outputs of \(kinds.count) kinds")
        #expect(Canaries.forms.count == 20 && found == 20 * outputs.count)
    }

    /// What is secret and what is a name are mixed up on purpose.
    @Test("a secret that takes the way of a name is found wherever names go")
    func leaking() async throws {
        var story = Story(nodes: [.ill(Canaries.query, .refuse(-32000, "node is syncing")), .init(label: "b")])
        story.steps = Story.healing
        story.store = { path in
            let store = try SQLiteStore(path: path)
            try store.setMemory(Array(Canaries.password.utf8), of: "test")
            try store.append(
                [], of: StoreAccount(chainID: 1337, address: Story.key.address),
                journal: [.object(["note": .string(Canaries.path)])])
            return store
        }
        story.journal = { folder in
            let journal = try Journal(path: folder + "/journal.ndjson")
            try journal.append(.object(["note": .string(Canaries.bearer)]))
            return journal
        }
        let found = Set(Canaries.found(in: try await Stage.play(story).outputs))
        let expected: Set = [
            "the token in the query is in: notice", "the token in the query is in: log line",
            "the token in the query is in: metrics", "the token in the query is in: tick",
            "the token in the path is in: line of the store's journal", "the token in the path is in: store.sqlite-wal",
            "the password is in: store.sqlite-wal", "the bearer token is in: journal.ndjson",
        ]
        #expect(found.isSuperset(of: expected), "\(found.sorted())")
    }
}
