import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import Testing

@testable import EthChain
@testable import EthEVM

/// Simulations over a node, their results and their refusals; contracts are written by hand.
@Suite("Simulator") struct SimulatorTests {
    static let contract = Address(lowBytesOf: UInt256(0xC0_FFEE).bigEndianBytes)

    /// A world with one more contract.
    private static func world(_ code: [UInt8], storage: [UInt256: UInt256] = [:]) throws -> OracleWorld {
        var world = try OracleWorld.ready()
        world.state.accounts[contract] = Account(nonce: 1, code: Bytecode(code))
        world.state.storage[contract] = storage
        return world
    }

    private static func call(_ data: [UInt8] = [], value: Wei = .zero, gas: Gas = 200_000) -> EVMTransaction {
        EVMTransaction(sender: OracleWorld.keeper, recipient: contract, data: data, value: value, gasLimit: gas)
    }

    /// Pushes a word, and returns what an instruction makes of it.
    private static func returning(_ instruction: UInt8, of operand: UInt64? = nil) -> [UInt8] {
        let push = operand.map { [0x67] + UInt256($0).bigEndianBytes.bytes.suffix(8) } ?? []
        return push + [instruction, 0x60, 0x00, 0x52, 0x60, 0x20, 0x60, 0x00, 0xF3]
    }

    @Test(
        "Instructions see the next block: number, time, base fee, fee recipient", arguments: [0x43, 0x42, 0x48, 0x41] as [UInt8])
    func environment(_ instruction: UInt8) async throws {
        let world = try Self.world(Self.returning(instruction))
        let rehearsed = try await MemoryNode(world).simulator().run(Rehearsal([Self.call()]), at: world.block)
        let expected: UInt256 =
            switch instruction {
            case 0x43: UInt256(world.number + 1)
            case 0x42: UInt256(world.time + 12)
            case 0x48: 1_000_000_000
            default: UInt256(bigEndianBytes: world.block.feeRecipient.bytes)!
            }
        #expect(rehearsed.transactions[0].result.output == expected.bigEndianBytes.bytes)
    }

    @Test(
        "Hashes of blocks: the parent's needs no request, another's is read by number, beside a check that the block still stands"
    )
    func blockHashes() async throws {
        var world = try Self.world([])
        world.number = 300
        for (number, requests) in [(300, 1), (299, 1), (100, 2)] as [(UInt64, Int)] {
            world.state.accounts[Self.contract]?.code = Bytecode(Self.returning(0x40, of: number))
            let node = MemoryNode(world, missing: ["eth_createAccessList"])
            let simulator = node.simulator()
            let rehearsed = try await simulator.run(Rehearsal([Self.call()]), at: world.block)
            #expect(rehearsed.transactions[0].result.output == world.hash(number).bytes)
            #expect(node.requests == requests, "\(node.methods)")
            // The next time it is fetched with the rest.
            node.forgetRequests()
            let again = try await simulator.run(Rehearsal([Self.call()], pattern: rehearsed.pattern), at: world.block)
            #expect(again.requests == 1 && again.transactions[0].result == rehearsed.transactions[0].result)
        }
    }

    @Test("Blocks between the state's and the simulated one have no hash")
    func skippedBlocks() async throws {
        var world = try Self.world([])
        world.number = 300
        world.state.accounts[Self.contract]?.code = Bytecode(Self.returning(0x40, of: 305))
        let place = Rehearsal.Place.nextBlock(BlockOverrides(number: 310))
        let rehearsed = try await MemoryNode(world).simulator().run(Rehearsal([Self.call()], in: place), at: world.block)
        #expect(rehearsed.transactions[0].result.output == B256().bytes && rehearsed.requests == 1)
    }

    @Test("A block that was replaced while hashes were read is an error, never another chain's hash")
    func replaced() async throws {
        var world = try Self.world(Self.returning(0x40, of: 100))
        world.number = 300
        let node = MemoryNode(world)
        let block = world.block
        let other = world
        // The node's block 300 by number is another one than that by hash.
        try node.change { contents in
            contents.answers["eth_getBlockByNumber"] = .object([
                "number": "0x12c", "hash": .string(Keccak256.hash("other").description),
                "parentHash": .string(B256().description), "timestamp": Quantity.encode(other.time), "gasLimit": "0x1",
                "gasUsed": "0x0",
            ])
        }
        await #expect(throws: RPCError.self) {
            _ = try await node.simulator().run(Rehearsal([Self.call()]), at: block)
        }
    }

    @Test("Overridden accounts are seen, balance, code and slots")
    func overrides() async throws {
        // Returns the balance and slot 5.
        let code: [UInt8] = [0x47, 0x60, 0x00, 0x52, 0x60, 0x05, 0x54, 0x60, 0x20, 0x52, 0x60, 0x40, 0x60, 0x00, 0xF3]
        let world = try Self.world([0xFE], storage: [5: 1, 6: 2])
        let node = MemoryNode(world, missing: ["eth_createAccessList"])
        func output(_ account: AccountOverride) async throws -> [UInt8] {
            let rehearsal = Rehearsal([Self.call()], accounts: [Self.contract: account])
            return try await node.simulator().run(rehearsal, at: world.block).transactions[0].result.output
        }
        let (five, nine) = (UInt256(5).bigEndianBytes, UInt256(9).bigEndianBytes)
        #expect(
            try await output(AccountOverride(balance: Wei(3), code: code)) == UInt256(3).bigEndianBytes.bytes
                + UInt256(1).bigEndianBytes.bytes)
        #expect(try await output(AccountOverride(code: code, storage: .changed([five: nine]))).suffix(32) == nine.bytes[...])
        #expect(try await output(AccountOverride(code: code, storage: .replaced([nine: five]))).suffix(32) == B256().bytes[...])
        await #expect(throws: SimulatorError.movedPrecompile(Self.contract)) {
            _ = try await output(AccountOverride(movePrecompileTo: .zero))
        }
    }

    @Test("A transaction sees what those before it did, and what all did is told")
    func sequence() async throws {
        // Adds one to slot 0 and returns it.
        let code: [UInt8] = [
            0x60, 0x01, 0x60, 0x00, 0x54, 0x01, 0x80, 0x60, 0x00, 0x55, 0x60, 0x00, 0x52, 0x60, 0x20, 0x60, 0x00, 0xF3,
        ]
        let world = try Self.world(code, storage: [0: 41])
        let rehearsed = try await MemoryNode(world).simulator().run(Rehearsal([Self.call(), Self.call()]), at: world.block)
        #expect(
            rehearsed.transactions.map(\.result.output) == [UInt256(42).bigEndianBytes.bytes, UInt256(43).bigEndianBytes.bytes])
        #expect(rehearsed.changes.accounts[Self.contract]?.storage == [0: 43])
        #expect(rehearsed.transactions[0].revertReason == nil)
    }

    @Test(
        "The access list leaves out what is warm anyway, but keeps the recipient's slots; executed with it, gas falls as far as it says"
    )
    func accessList() async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world)
        let simulator = node.simulator()
        let place = Rehearsal.Place.nextBlock(BlockOverrides(time: world.time + 12))
        let rehearsed = try await simulator.run(Rehearsal([world.poke()], in: place), at: world.block)
        let list = rehearsed.transactions[0].accessList
        let named = Set(list.entries.map(\.address))
        #expect(named == Set(world.at.filter { $0.key != "MEGA" }.values), "\(named)")
        var announced = world.poke()
        announced.accessList = list
        let again = try await simulator.run(Rehearsal([announced], in: place), on: rehearsed.state)
        #expect(again.requests == 0)
        // Each account saves 100 and each slot that is read first too; one that is written first saves 200 (EIP-2929, EIP-2930).
        let saved = rehearsed.transactions[0].result.gasUsed - again.transactions[0].result.gasUsed
        #expect(saved >= UInt64(100 * (list.entries.count + list.storageKeyCount)) && saved < 8_000, "\(saved)")
        let direct = EVMTransaction(
            sender: OracleWorld.keeper, recipient: world.address("PIP_ETH"), data: OracleWorld.pokeData, gasLimit: 200_000)
        let alone = try await simulator.run(Rehearsal([direct], in: place), at: world.block).transactions[0]
        #expect(Set(alone.accessList.entries.map(\.address)) == [world.address("PIP_ETH"), world.address("SRC_ETH")])
    }

    @Test("A mined transaction is executed in its own block on its parent's state")
    func mined() async throws {
        var world = try OracleWorld.ready()
        let before = world
        var block = PinnedBlock(
            hash: Keccak256.hash("mined"), number: world.number + 1, parentHash: world.block.hash, timestamp: world.time + 12,
            gasLimit: 60_000_000, baseFeePerGas: Wei(7), excessBlobGas: 0)
        block.parentBeaconBlockRoot = Keccak256.hash("root")
        let result = try world.mine(world.poke(), at: block.timestamp)
        let rehearsed = try await MemoryNode(before).simulator().run(
            Rehearsal([before.poke()], in: .block(block)), at: before.block)
        #expect(rehearsed.transactions[0].result == result)
        #expect(rehearsed.environment.baseFeePerGas == Wei(7) && rehearsed.environment.number == block.number)
    }

    @Test("What the protocol writes at the start of a block is there")
    func blockStart() async throws {
        let world = try OracleWorld.ready()
        let environment = try BlockEnvironment(after: world.block, chain: 1337, ForkSchedule(.prague))
        let root = Keccak256.hash("root")
        let rehearsal = Rehearsal([], in: .nextBlock(BlockOverrides(beaconRoot: root)))
        let state = try rehearsal.state(on: PinnedState(of: world.block), in: environment)
        let index = environment.timestamp % 8_191
        #expect(state.storage(.beaconRoots, UInt256(index)) == UInt256(environment.timestamp))
        #expect(state.storage(.beaconRoots, UInt256(index + 8_191)) == UInt256(bigEndian: root))
        #expect(state.storage(.blockHashHistory, UInt256(world.number % 8_191)) == UInt256(bigEndian: world.block.hash))
        #expect(Address.beaconRoots.description == "0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02")
        #expect(Address.blockHashHistory.description == "0x0000F90827F1C53a10cb7A02335B175320002935")
        let shanghai = try BlockEnvironment(after: world.block, chain: 1337, ForkSchedule(.shanghai))
        let bare = try rehearsal.state(on: PinnedState(of: world.block), in: shanghai)
        #expect(bare.storage(.beaconRoots, UInt256(index)) == nil)
        // Hashes of a block further up are not those of the parent's.
        let later = Rehearsal([], in: .nextBlock(BlockOverrides(number: world.number + 2)))
        let gap = try BlockEnvironment(
            after: world.block, BlockOverrides(number: world.number + 2), chain: 1337, ForkSchedule(.prague))
        let above = try later.state(on: PinnedState(of: world.block), in: gap)
        #expect(above.storage(.blockHashHistory, UInt256(world.number % 8_191)) == nil)
    }

    // MARK: Refusals

    @Test("A transaction that no block takes is refused, with its place in the sequence")
    func invalid() async throws {
        let world = try OracleWorld.ready()
        var wrong = world.poke()
        wrong.nonce = 8
        let rehearsal = Rehearsal([world.poke(), wrong, wrong], checks: [.nonce])
        await #expect(throws: SimulatorError.invalidTransaction(index: 2, .nonceTooLow(state: 9))) {
            _ = try await MemoryNode(world).simulator().run(rehearsal, at: world.block)
        }
        await #expect(throws: SimulatorError.invalidTransaction(index: 0, .gasLimitTooLow(needed: 21_160))) {
            _ = try await MemoryNode(world).simulator().run(Rehearsal([world.poke(gas: 20_000)]), at: world.block)
        }
    }

    @Test("A precompiled contract that is not built in is a refusal of its own, on which the node answers instead")
    func needsNode() async throws {
        // Calls the pairing check, 0x08.
        let world = try Self.world([0x5F, 0x5F, 0x5F, 0x5F, 0x60, 0x08, 0x5A, 0xFA, 0x00])
        let node = MemoryNode(world, missing: ["eth_simulateV1"])
        try node.change { $0.answers["eth_estimateGas"] = "0x112a8" }
        let simulator = node.simulator()
        let rehearsal = Rehearsal([Self.call()])
        do {
            _ = try await simulator.run(rehearsal, at: world.block)
            Issue.record("expected a refusal")
        } catch let error as SimulatorError {
            #expect(error.needsNode && "\(error)".contains("0x0000000000000000000000000000000000000008"))
        }
        let opinion = try await simulator.nodeOpinion(of: rehearsal, on: world.block)
        #expect(opinion == NodeOpinion(.estimate, succeeded: true, gas: 70_312))
    }

    @Test("A call that never stops reading something else ends with the number of requests")
    func endless() async throws {
        // Loads slot 0, then the slot that it names, and so on: each read depends on the one before.
        let code: [UInt8] = [0x5F, 0x5B, 0x54, 0x60, 0x01, 0x56]
        var storage: [UInt256: UInt256] = [:]
        for step in 0..<64 as Range<UInt64> { storage[UInt256(step * step * 7)] = UInt256((step + 1) * (step + 1) * 7) }
        let world = try Self.world(code, storage: storage)
        let node = MemoryNode(world, missing: ["eth_createAccessList"])
        do {
            _ = try await node.simulator().run(Rehearsal([Self.call(gas: 100_000)]), at: world.block)
            Issue.record("expected an end")
        } catch SimulatorError.tooManyRequests(let count, let misses) {
            #expect(count == 8 && node.requests == 8 && !misses.isEmpty)
        }
    }

    @Test("Rules that nobody knows are refused before anything is asked")
    func forks() async throws {
        let world = try OracleWorld.ready()
        let node = MemoryNode(world)
        let late = ForkSchedule([.init(from: .time(world.time + 1_000_000), .prague)])
        await #expect(throws: SimulatorError.fork(.before(number: world.number + 1, time: world.time + 12))) {
            _ = try await node.simulator(late).run(Rehearsal([world.poke()]), at: world.block)
        }
        #expect(node.requests == 0)
    }

    @Test("A gateway that refuses a whole batch for one method is asked again without it, once")
    func gateway() async throws {
        let world = try OracleWorld.ready()
        let gateway = PickyGateway(MemoryNode(world))
        let simulator = Simulator(Provider(gateway), chain: 1337, ForkSchedule(.prague))
        let rehearsed = try await simulator.run(Rehearsal([world.poke()]), at: world.block)
        #expect(rehearsed.transactions[0].result.succeeded && rehearsed.requests <= 8)
        #expect(gateway.node.methods.allSatisfy { !$0.contains("eth_createAccessList") })
        #expect(simulator.methods.contains("eth_createAccessList"))
    }

    @Test("What the node refuses is the node's error")
    func refusing() async throws {
        let world = try OracleWorld.ready()
        let block = PinnedBlock(
            hash: Keccak256.hash("unknown"), number: world.number, parentHash: B256(), timestamp: world.time, gasLimit: 1,
            baseFeePerGas: nil)
        await #expect(throws: RPCError.self) {
            _ = try await MemoryNode(world).simulator().run(Rehearsal([world.poke()]), at: block)
        }
    }
}

/// Answers a batch with one error if any method in it is not allowed, as some gateways do.
private struct PickyGateway: Transport {
    let node: MemoryNode
    init(_ node: MemoryNode) { self.node = node }

    func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        guard !batch.contains(where: { $0.method == "eth_createAccessList" }) else {
            throw RPCError(.node(code: -32601, data: nil), "method is not whitelisted")
        }
        return try await node.send(batch)
    }
}
