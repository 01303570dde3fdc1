import Synchronization
import EthTransactions
import EthPrimitives
import EthRPC
import KeeperTesting
import KeeperTransactions
import Testing

@testable import KeeperCore

@Suite("The search of a nonce in final blocks")
struct NonceSearchTests {
    private let hash = Keccak256.hash([1, 2])

    private func search(
        _ fixture: ManagerFixture, lowest: UInt64 = 10, ours: Set<TransactionHash> = [], _ node: ScriptedTransport
    )
        async throws -> MachineEvent.Location
    {
        let final = FinalBlock(number: 100, hash: fixture.head(100).hash)
        let search = NonceSearch(account: ManagerFixture.key.address, nonce: 5, lowest: lowest, final: final, ours: ours)
        return try await search.location(from: Provider(node))
    }

    @Test(
        "somebody else's transaction is found wherever it is, with few requests",
        arguments: [10, 11, 37, 64, 99, 100] as [UInt64])
    func foreign(number: UInt64) async throws {
        let fixture = try ManagerFixture()
        fixture.mine(hash, in: fixture.head(number))
        let node = fixture.node
        guard case .foreign(hash) = try await search(fixture, node) else {
            Issue.record("not found in \(number)")
            return
        }
        #expect(node.requests.count <= 16 && node.count(of: "eth_getBlockByNumber") == 1)
    }

    @Test("our own comes with its receipt")
    func own() async throws {
        let fixture = try ManagerFixture()
        fixture.mine(hash, in: fixture.head(80))
        guard case .own(let receipt) = try await search(fixture, ours: [hash], fixture.node) else {
            Issue.record("not found")
            return
        }
        #expect(receipt.transactionHash == hash && receipt.blockNumber == 80)
    }

    @Test("a receipt of another block is no proof")
    func ownElsewhere() async throws {
        let fixture = try ManagerFixture()
        fixture.mine(hash, in: fixture.head(80))
        let receipt = fixture.state.withLock { $0.receipts[hash] }
        fixture.mine(hash, in: PoolFixture.chain(0...120, "b")[80])
        fixture.state.withLock { state in
            state.transactions[80] = state.transactions[80].map { [$0[0]] }
            if receipt == nil { state.receipts = [:] }
        }
        guard case .unknown = try await search(fixture, ours: [hash], fixture.node) else {
            Issue.record("taken for a proof")
            return
        }
    }

    @Test("states that a node has forgotten: the newest blocks are read whole")
    func pruned() async throws {
        let fixture = try ManagerFixture()
        fixture.mine(hash, in: fixture.head(90))
        fixture.state.withLock { $0.oldestState = 97 }
        let node = fixture.node
        guard case .foreign(hash) = try await search(fixture, node) else {
            Issue.record("not found")
            return
        }
        #expect(node.requests.count <= 24)
    }

    @Test("unknown: not used yet, used before the search begins, or nowhere to be found")
    func unknown() async throws {
        let fixture = try ManagerFixture()
        guard case .unknown = try await search(fixture, fixture.node) else { throw Unexpected() }
        fixture.mine(hash, in: fixture.head(5))
        guard case .unknown = try await search(fixture, fixture.node) else { throw Unexpected() }
        fixture.state.withLock { $0.transactions = [:] }
        guard case .unknown = try await search(fixture, lowest: 1, fixture.node) else { throw Unexpected() }
    }

    private struct Unexpected: Error {}
}
