import EthCodec
import EthCrypto
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import EthTrie
import Testing

@testable import EthChain

@Suite("Local chain") struct LocalChainTests {
    @Test("Blocks are made on request, a slot after their parent or at the time that is said, and never before it")
    func times() throws {
        let chain = try LocalWorld().chain
        #expect(try chain.mine().timestamp == LocalWorld.genesisTime + 12)
        #expect(try chain.mine(at: LocalWorld.genesisTime + 100).timestamp == LocalWorld.genesisTime + 100)
        #expect(throws: LocalChainError.timeNotAfterParent(LocalWorld.genesisTime + 100, parent: LocalWorld.genesisTime + 100)) {
            try chain.mine(at: LocalWorld.genesisTime + 100)
        }
        #expect(chain.head.number == 2)
        #expect(throws: LocalChainError.unsupportedFork(.berlin)) { try LocalChain(LocalChainConfiguration(fork: .berlin)) }
    }

    @Test("The same calls make the same blocks; another transaction makes another root")
    func determinism() throws {
        func hash(value: UInt64) throws -> BlockHash {
            let world = try LocalWorld()
            try world.chain.send(
                world.transaction(from: world.rich, nonce: 0, to: world.other.address, value: Wei(UInt256(value))))
            return try world.chain.mine().hash
        }
        #expect(try hash(value: 1) == hash(value: 1))
        #expect(try hash(value: 1) != hash(value: 2))
    }

    @Test("A header's hash and roots follow from its fields, its transactions and its receipts; the next one names it")
    func headers() throws {
        let world = try LocalWorld()
        try world.chain.send(world.poke())
        let head = try world.chain.mine(at: LocalWorld.genesisTime + 17)
        let block = try #require(world.chain.block())
        let receipts = try #require(world.chain.receipts())
        #expect(block.header.hash == head.hash && head.parentHash == world.chain.block(.earliest)?.statedHash)
        #expect(block.header.receiptsRoot == BlockRoots.receipts(receipts))
        guard case .full(let transactions) = block.transactions else { return #expect(Bool(false)) }
        #expect(block.header.transactionsRoot == BlockRoots.transactions(transactions.compactMap(\.object.envelope)))
        let state = try #require(world.chain.state())
        #expect(block.header.stateRoot == StateProver(state).root)
        #expect(receipts[0].logs.count == 26 && receipts[0].logsBloom == block.header.logsBloom)
        #expect(block.header.logsBloom == receipts[0].logs.bloom && !block.header.logsBloom.isZero)
        #expect(try world.chain.mine().parentHash == head.hash)
        #expect(HeaderConstants.noRequests.description == "0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("Receipts count gas and logs over the block")
    func cumulative() throws {
        let world = try LocalWorld()
        for nonce in 0..<3 as Range<Nonce> { try world.chain.send(world.poke(nonce: nonce)) }
        try world.chain.mine(at: LocalWorld.genesisTime + 17)
        let receipts = try #require(world.chain.receipts())
        #expect(receipts.map(\.transactionIndex) == [0, 1, 2])
        #expect(receipts[2].cumulativeGasUsed == receipts.reduce(0) { $0 + $1.gasUsed })
        #expect(world.chain.head.gasUsed == receipts[2].cumulativeGasUsed)
        #expect(receipts.flatMap(\.logs).map(\.logIndex) == Array(0..<UInt64(receipts.reduce(0) { $0 + $1.logs.count })))
        #expect(receipts[0].gasUsed > receipts[1].gasUsed, "only the first finds the oracles due")
    }

    @Test("The pool is emptied by tip, each sender in the order of nonces, equal tips as they came")
    func order() throws {
        let world = try LocalWorld()
        let late = try world.transaction(from: world.rich, nonce: 1, to: nil, data: [0x00], tip: .gwei(9))
        let first = try world.transaction(from: world.rich, nonce: 0, to: world.poor.address, tip: .gwei(1))
        let high = try world.transaction(from: world.other, nonce: 0, to: world.poor.address, tip: .gwei(3))
        let equal = try world.transaction(from: world.other, nonce: 1, to: world.poor.address, tip: .gwei(1))
        for transaction in [late, first, high, equal] { try world.chain.send(transaction) }
        try world.chain.mine()
        let mined = try #require(world.chain.receipts()).map(\.transactionHash)
        #expect(mined == [high.hash, first.hash, late.hash, equal.hash])
    }

    @Test("A cap below the base fee waits until the fee has fallen; a gap waits for its nonce")
    func waiting() throws {
        let world = try LocalWorld()
        let low = try world.transaction(from: world.rich, nonce: 0, to: world.poor.address, cap: .gwei(2))
        let gapped = try world.transaction(from: world.other, nonce: 1, to: world.poor.address)
        try world.chain.send(low)
        try world.chain.send(gapped)
        world.chain.setNextBaseFee(.gwei(3))
        try world.chain.mine()
        #expect(world.chain.head.gasUsed == 0 && world.chain.head.baseFeePerGas == .gwei(3))
        #expect(try world.ask("txpool_status")["pending"] == "0x1")
        #expect(try world.ask("txpool_status")["queued"] == "0x1")
        world.chain.setNextBaseFee(.gwei(2))
        try world.chain.mine()
        #expect(world.chain.receipts()?.map(\.transactionHash) == [low.hash])
        #expect(world.chain.receipts()?[0].effectiveGasPrice == .gwei(2))
        try world.chain.send(world.transaction(from: world.other, nonce: 0, to: world.poor.address))
        try world.chain.mine()
        #expect(world.chain.head.gasUsed == 42_000)
    }

    @Test("The base fee follows EIP-1559: an eighth down after an empty block, up after a full one")
    func market() throws {
        let world = try LocalWorld { $0.gasLimit = 400_000 }
        #expect(try world.chain.mine().baseFeePerGas == Wei(875_000_000))
        try world.chain.send(world.poke(gas: 380_000))
        try world.chain.mine(at: LocalWorld.genesisTime + 40)
        let used = world.chain.head.gasUsed
        let fee = try #require(world.chain.head.baseFeePerGas)
        #expect(used > 300_000)
        #expect(try world.chain.mine().baseFeePerGas == fee + Wei(fee.rawValue * UInt256(used - 200_000) / 200_000 / 8))
    }

    @Test("A base fee that is set holds for one block")
    func setFee() throws {
        let chain = try LocalWorld().chain
        chain.setNextBaseFee(Wei(8_000))
        #expect(try chain.mine().baseFeePerGas == Wei(8_000))
        #expect(try chain.mine().baseFeePerGas == Wei(7_000))
        chain.setNextBaseFee(Wei(1))
        chain.setNextBaseFee(nil)
        #expect(try chain.mine().baseFeePerGas == Wei(6_125))
    }

    @Test("A block holds no more gas than its limit; what has no room waits")
    func room() throws {
        let world = try LocalWorld { $0.gasLimit = 250_000 }
        for nonce in 0..<3 as Range<Nonce> {
            try world.chain.send(world.transaction(from: world.rich, nonce: nonce, to: world.poor.address))
        }
        try world.chain.mine()
        // The third limit of 100,000 has room after two transfers of 21,000.
        #expect(world.chain.receipts()?.count == 3)
        let big = try world.transaction(from: world.rich, nonce: 3, to: world.poor.address, gas: 200_000)
        try world.chain.send(big)
        try world.chain.send(world.transaction(from: world.other, nonce: 0, to: world.poor.address, gas: 100_000, tip: .gwei(2)))
        try world.chain.mine()
        #expect(world.chain.receipts()?.count == 2)
    }

    @Test("Tags follow the head at their depths, and stop at the first block")
    func tags() throws {
        let chain = try LocalWorld().chain
        #expect(chain.block(.safe)?.header.number == 0)
        for _ in 0..<5 { try chain.mine() }
        #expect(chain.block(.latest)?.header.number == 5)
        #expect(chain.block(.safe)?.header.number == 3 && chain.block(.finalized)?.header.number == 1)
        #expect(chain.block(.number(6)) == nil && chain.block(.hash(BlockHash())) == nil)
    }

    @Test("Heads are told as they come, after a reorg the new branch's")
    func heads() async throws {
        let chain = try LocalWorld().chain
        var heads = chain.heads().makeAsyncIterator()
        let first = try chain.mine()
        #expect(try await heads.next() == first)
        let sibling = try chain.reorg(depth: 1)
        #expect(try await heads.next() == sibling)
        #expect(sibling.hash != first.hash && sibling.number == first.number)
    }

    @Test("A change from outside is there from the next block's first transaction on")
    func edits() throws {
        let world = try LocalWorld()
        let address = world.poor.address
        world.chain.edit(
            StateChanges(accounts: [address: .init(account: Account(nonce: 3, balance: .ether(5)), storage: [1: 2])]))
        #expect(world.chain.account(address)?.nonce == 0)
        try world.chain.mine()
        #expect(world.chain.account(address)?.balance == .ether(5))
        #expect(world.chain.storage(of: address, 1) == 2)
        #expect(world.chain.storage(of: address, 1, at: .earliest) == .zero)
        let root = try #require(world.chain.block()?.header.stateRoot)
        #expect(StateProver(try #require(world.chain.state())).root == root)
    }
}
