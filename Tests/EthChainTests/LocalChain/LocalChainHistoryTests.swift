import EthCodec
import EthCrypto
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import Testing

@testable import EthChain

@Suite("A local chain's past") struct LocalChainHistoryTests {
    /// One transfer of 1 wei to the poor one a block.
    private static func grown(_ world: LocalWorld, by count: UInt64, from nonce: Nonce = 0) throws {
        for offset in 0..<count {
            try world.chain.send(
                world.transaction(from: world.rich, nonce: nonce + offset, to: world.poor.address, value: Wei(1)))
            try world.chain.mine()
        }
    }

    private static func gift(_ world: LocalWorld, at reference: BlockReference) throws -> UInt256? {
        world.chain.account(world.poor.address, at: reference)?.balance.rawValue
    }

    @Test("The state after each block is read by number and by hash")
    func states() throws {
        let world = try LocalWorld()
        try Self.grown(world, by: 5)
        let start = LocalWorld.pittance.rawValue
        for number in 0...5 as ClosedRange<UInt64> {
            #expect(try Self.gift(world, at: .number(number)) == start + UInt256(number))
            let hash = try #require(world.chain.block(.number(number))?.statedHash)
            #expect(try Self.gift(world, at: .hash(hash)) == start + UInt256(number))
            let root = try #require(world.chain.block(.hash(hash))?.header.stateRoot)
            #expect(StateProver(try #require(world.chain.state(at: .hash(hash)))).root == root)
        }
    }

    @Test(
        "Siblings replace the last blocks at the same times; orphans and their states stay known by hash, but are not canonical")
    func reorg() throws {
        let world = try LocalWorld()
        try Self.grown(world, by: 4)
        let orphan = world.chain.head
        let receipt = try #require(world.chain.receipts()?[0])
        try world.chain.reorg(depth: 2, empty: true)
        #expect(world.chain.head.number == 4 && world.chain.head.timestamp == orphan.timestamp)
        #expect(world.chain.head.hash != orphan.hash && world.chain.head.gasUsed == 0)
        let start = LocalWorld.pittance.rawValue
        #expect(try Self.gift(world, at: .latest) == start + 2)
        #expect(try Self.gift(world, at: .hash(orphan.hash)) == start + 4)
        #expect(try Self.gift(world, at: .hash(orphan.parentHash)) == start + 3)
        let root = try #require(world.chain.block(.hash(orphan.hash))?.header.stateRoot)
        #expect(StateProver(try #require(world.chain.state(at: .hash(orphan.hash)))).root == root)
        #expect(world.chain.block(.canonicalHash(orphan.hash)) == nil)
        #expect(try world.ask("eth_getTransactionReceipt", .string(receipt.transactionHash.description)) == .null)
        #expect(
            try world.refusal(
                "eth_getBalance", [.string(world.poor.address.hex), BlockReference.canonicalHash(orphan.hash).json])?.message
                == "hash is not currently canonical")
        // What the orphans held waits, and is mined again.
        #expect(try world.ask("txpool_status")["pending"] == "0x2")
        try world.chain.mine()
        #expect(try Self.gift(world, at: .latest) == start + 4)
        #expect(try world.ask("eth_getTransactionReceipt", .string(receipt.transactionHash.description))["blockNumber"] == "0x5")
    }

    @Test("A longer branch, and one on a branch; no deeper than there are blocks")
    func branches() throws {
        let world = try LocalWorld()
        try Self.grown(world, by: 3)
        try world.chain.reorg(depth: 1, blocks: 3)
        #expect(world.chain.head.number == 5)
        try world.chain.reorg(depth: 4)
        #expect(world.chain.head.number == 5)
        #expect(try Self.gift(world, at: .latest) == LocalWorld.pittance.rawValue + 3)
        let root = try #require(world.chain.block()?.header.stateRoot)
        #expect(StateProver(try #require(world.chain.state())).root == root)
        #expect(throws: LocalChainError.tooDeep(6, kept: 5)) { try world.chain.reorg(depth: 6) }
        #expect(throws: LocalChainError.tooDeep(0, kept: 5)) { try world.chain.rewind(depth: 0) }
    }

    @Test("A snapshot brings head, state and pool back, more than once; blocks made since stay known by hash")
    func snapshots() throws {
        let world = try LocalWorld()
        try Self.grown(world, by: 2)
        let waiting = try world.transaction(from: world.other, nonce: 0, to: world.poor.address, value: Wei(7))
        try world.chain.send(waiting)
        let (before, snapshot) = (world.chain.head, world.chain.snapshot())
        for _ in 0..<2 {
            try world.chain.mine()
            try Self.grown(world, by: 2, from: 2)
            let since = world.chain.head
            let gift = try Self.gift(world, at: .latest)
            #expect(gift == LocalWorld.pittance.rawValue + 11)
            let later = world.chain.snapshot()
            try world.chain.restore(snapshot)
            #expect(throws: LocalChainError.unknownSnapshot) { try world.chain.restore(later) }
            #expect(world.chain.head == before)
            #expect(try Self.gift(world, at: .latest) == LocalWorld.pittance.rawValue + 2)
            #expect(try world.ask("txpool_status")["pending"] == "0x1")
            #expect(try Self.gift(world, at: .hash(since.hash)) == gift)
        }
    }

    @Test("States older than those kept are gone, in the words of a node; the newer ones are not")
    func bounded() throws {
        let world = try LocalWorld { $0.keptStates = 3 }
        try Self.grown(world, by: 8)
        #expect(try Self.gift(world, at: .number(4)) == nil && world.chain.state(at: .earliest) == nil)
        for number in 5...8 as ClosedRange<UInt64> {
            #expect(try Self.gift(world, at: .number(number)) == LocalWorld.pittance.rawValue + UInt256(number))
        }
        let root = try #require(world.chain.block(.number(4))?.header.stateRoot).description.dropFirst(2)
        let gone = try world.refusal("eth_getBalance", [.string(world.poor.address.hex), "0x4"])
        // What looks like a key is cut short when it is read.
        #expect(gone?.message == "historical state \(root.prefix(8))… is not available")
        #expect(throws: LocalChainError.tooDeep(4, kept: 3)) { try world.chain.reorg(depth: 4) }
        try world.chain.reorg(depth: 3)
        #expect(try Self.gift(world, at: .latest) == LocalWorld.pittance.rawValue + 8)
    }

    @Test("Versions in memory are at most about twice those that can be read, however long the chain grows")
    func memory() throws {
        let history = StateHistory()
        let busy = Address(lowBytesOf: UInt256(1).bigEndianBytes)
        var changes: [StateChanges] = []
        for number in 1...2_000 as ClosedRange<UInt64> {
            let value = UInt256(number)
            let account = Account(nonce: number, balance: Wei(value))
            changes.append(
                history.append(StateChanges(accounts: [busy: .init(account: account, storage: [7: value])]), at: number))
            if number > 100 { history.forget(before: changes[Int(number - 101)], at: number - 100) }
            #expect(history.count <= 2 * (2 * 101 + 2))
        }
        #expect(history.storage(busy, 7, at: 1_900) == 1_900 && history.account(busy, at: 1_950).nonce == 1_950)
        // One of a kind is let go of at once.
        let quiet = StateHistory()
        let first = quiet.append(StateChanges(accounts: [busy: .init(account: .init(nonce: 1))]), at: 1)
        quiet.forget(before: first, at: 1)
        #expect(quiet.count == 1)
        let gone = quiet.append(StateChanges(accounts: [busy: .init(account: nil)]), at: 2)
        quiet.forget(before: gone, at: 2)
        #expect(quiet.count == 0)
    }

    @Test("Of accounts that come, go and come again, each block's state is what it was, also where older ones are forgotten")
    func versions() throws {
        let (address, other) = (
            Address(lowBytesOf: UInt256(0xAA).bigEndianBytes), Address(lowBytesOf: UInt256(0xBB).bigEndianBytes)
        )
        let account = Account(nonce: 1, balance: Wei(5))
        let blocks: [StateChanges] = [
            StateChanges(accounts: [address: .init(account: account, storage: [1: 10, 2: 20])]),
            StateChanges(accounts: [address: .init(account: account, storage: [1: 11])]),
            StateChanges(accounts: [address: .init(account: nil, clearsStorage: true)]),
            StateChanges(accounts: [other: .init(account: account)]),
            StateChanges(accounts: [address: .init(account: account, storage: [2: 22], clearsStorage: true)]),
            StateChanges(accounts: [address: .init(account: account, storage: [2: 0])]),
        ]
        for kept in [6, 4, 2] {
            let history = StateHistory()
            var (expected, complete) = ([MemoryState()], [StateChanges]())
            for (index, changes) in blocks.enumerated() {
                var next = expected[index]
                next.apply(changes)
                expected.append(next)
                complete.append(history.append(changes, at: UInt64(index + 1)))
            }
            for number in 1...(blocks.count - kept + 1) where kept < 6 {
                history.forget(before: complete[number - 1], at: UInt64(number))
            }
            let oldest = kept < 6 ? blocks.count - kept + 1 : 0
            for number in oldest...blocks.count {
                var flat = history.flattened(at: UInt64(number))
                for key in flat.accounts.keys {
                    #expect(flat.accounts[key]?.hasStorage == (flat.storage[key] != nil))
                    flat.accounts[key]?.hasStorage = false
                }
                #expect(flat == expected[number], "block \(number) with \(kept) kept")
            }
            for number in (oldest + 1...blocks.count).reversed() { history.removeLast(complete[number - 1], at: UInt64(number)) }
            #expect(history.flattened(at: 99).storage == expected[oldest].storage)
        }
    }
}
