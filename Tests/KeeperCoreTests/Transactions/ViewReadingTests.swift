import Synchronization
import EthTransactions
import EthCodec
import EthPrimitives
import EthRPC
import KeeperTesting
import KeeperTransactions
import Testing

@testable import KeeperCore

@Suite("Views of the chain")
struct ViewReadingTests {
    private let hash = Keccak256.hash([1, 1])

    private func view(
        _ fixture: ManagerFixture, _ node: ScriptedTransport, at number: UInt64 = 100, finality: Finality = .tag,
        _ branch: HeadBranch = HeadBranch()
    ) async throws -> ChainView {
        let reading = ViewReading(
            head: fixture.head(number), account: ManagerFixture.key.address, finality: finality, watched: [hash],
            isLegacy: false)
        return try await reading.view(from: NodeView("a", Provider(node)), branch).0
    }

    @Test("nonce and balance are of the head's hash, the final nonce of the final block's")
    func pinned() async throws {
        let fixture = try ManagerFixture()
        fixture.state.withLock { $0.nonces[60] = 3 }
        let node = fixture.node
        let view = try await view(fixture, node)
        #expect(view.nonce == 5 && view.finalizedNonce == 3 && view.finalized == 60 && view.balance == .ether(5))
        #expect(view.market?.nextBaseFeePerGas == .gwei(1))
        let pinned = node.requests.filter { $0.method == "eth_getTransactionCount" || $0.method == "eth_getBalance" }
        #expect(pinned.allSatisfy { $0.params.last?["blockHash"] != nil } && pinned.count == 3)
    }

    @Test("a receipt counts if its block is on the head's chain, at any depth")
    func mined() async throws {
        for number in [100, 99, 61] as [UInt64] {
            let fixture = try ManagerFixture()
            fixture.mine(hash, in: fixture.head(number))
            guard case .mined(let receipt)? = try await view(fixture, fixture.node).sightings[hash] else {
                Issue.record("expected a receipt at \(number)")
                continue
            }
            #expect(receipt.blockNumber == number)
        }
    }

    @Test("a receipt above the head, of another fork, or of another transaction is left out")
    func leftOut() async throws {
        let fixture = try ManagerFixture()
        let fork = PoolFixture.chain(0...120, "b")
        for block in [fixture.head(101), fork[99], fork[100]] {
            let fixture = try ManagerFixture()
            fixture.mine(hash, in: block)
            #expect(try await view(fixture, fixture.node).sightings.isEmpty)
        }
        let odd = try ManagerFixture()
        odd.mine(Keccak256.hash([9]), in: odd.head(99))
        odd.state.withLock { state in state.receipts[hash] = state.receipts[Keccak256.hash([9])] }
        #expect(try await view(odd, odd.node).sightings.isEmpty)
    }

    @Test("nodes behind one endpoint: a fork's blocks by number prove neither a receipt nor what is final")
    func balanced() async throws {
        let fixture = try ManagerFixture()
        let fork = PoolFixture.chain(0...120, "b")
        fixture.mine(hash, in: fork[98])
        let node = ScriptedTransport { request in
            // Below the head another node answers, of the fork.
            if request.method == "eth_getBlockByNumber",
                let number = request.params.first?.string.flatMap(Quantity.parse)?.asUInt64,
                number < 100
            {
                return PoolFixture.json(fork[Int(number)])
            }
            return try fixture.answer(request)
        }
        await #expect(throws: RPCError.self) { try await view(fixture, node) }
    }

    @Test("a node that has left the head gives no view")
    func left() async throws {
        let fixture = try ManagerFixture()
        let fork = PoolFixture.chain(0...120, "b")
        let node = ScriptedTransport { request in
            if request.method == "eth_getBlockByNumber", request.params.first == Quantity.encode(UInt64(100)) {
                return PoolFixture.json(fork[100])
            }
            return try fixture.answer(request)
        }
        await #expect(throws: RPCError.self) { try await view(fixture, node) }
    }

    @Test("without a receipt: in the pool, in none, pools not asked; nothing at all where the receipt could not be read")
    func unmined() async throws {
        let fixture = try ManagerFixture()
        guard case .absent? = try await view(fixture, fixture.node).sightings[hash] else { throw Unexpected() }
        fixture.state.withLock { _ = $0.pooled.insert(hash) }
        guard case .pooled? = try await view(fixture, fixture.node).sightings[hash] else { throw Unexpected() }
        guard case .unmined? = try await view(fixture, failing(fixture, "eth_getTransactionByHash")).sightings[hash] else {
            throw Unexpected()
        }
        #expect(try await view(fixture, failing(fixture, "eth_getTransactionReceipt")).sightings.isEmpty)
    }

    @Test("balance and fees may be missing, nonce and finality not")
    func missing() async throws {
        let fixture = try ManagerFixture()
        #expect(try await view(fixture, failing(fixture, "eth_getBalance")).balance == nil)
        #expect(try await view(fixture, failing(fixture, "eth_feeHistory")).market == nil)
        await #expect(throws: RPCError.self) { try await view(fixture, failing(fixture, "eth_getTransactionCount")) }
        await #expect(throws: RPCError.self) { try await view(fixture, failing(fixture, "eth_getBlockByNumber")) }
    }

    @Test("without the tag, what is deep enough is final; a node that is ahead makes the head final at most")
    func finality() async throws {
        let fixture = try ManagerFixture()
        #expect(try await view(fixture, fixture.node, finality: .depth(30)).finalized == 70)
        #expect(try await view(fixture, fixture.node, at: 20, finality: .depth(30)).finalized == 0)
        fixture.state.withLock { $0.final = 110 }
        #expect(try await view(fixture, fixture.node).finalized == 100)
    }

    @Test("the headers between head and receipt are read once")
    func branch() throws {
        let chain = PoolFixture.chain(0...120)
        var branch = HeadBranch()
        branch.follow(chain[100])
        #expect(branch.unread(for: 99, most: 128).isEmpty && branch.unread(for: 96, most: 128) == [99, 98, 97])
        branch.adopt([chain[99], chain[98], chain[97]])
        #expect(branch[96] == chain[96].hash && branch[95] == nil)
        branch.follow(chain[101])
        #expect(branch.unread(for: 96, most: 128).isEmpty)
        // Some heads were missed: only what is new is read.
        branch.follow(chain[105])
        #expect(branch.unread(for: 96, most: 2) == [104, 103])
        branch.adopt([chain[104], chain[103], chain[102]])
        #expect(branch[96] == chain[96].hash)
        // Another fork: nothing of before counts above the place where they part.
        let fork = PoolFixture.chain(103...110, "b", on: chain[102].hash)
        branch.follow(fork[2])
        #expect(branch[104] == fork[1].hash && branch[103] == nil)
        branch.adopt([fork[1], fork[0]])
        #expect(branch[103] == fork[0].hash && branch[96] == chain[96].hash)
        // What does not fit ends it.
        branch.follow(fork[6])
        branch.adopt([chain[108], chain[107]])
        #expect(branch[107] == nil)
    }

    private struct Unexpected: Error {}

    private func failing(_ fixture: ManagerFixture, _ method: String) -> ScriptedTransport {
        ScriptedTransport { request in
            if request.method == method { throw ScriptedTransport.error(-32000, "internal error") }
            return try fixture.answer(request)
        }
    }
}
