import EthCodec
import EthCrypto
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import Testing

@testable import EthChain

/// The methods of a node, on a local chain.
@Suite("Methods of a local chain") struct LocalChainMethodTests {
    /// In the next hour, where all oracles are due.
    private static func due(_ world: LocalWorld) -> BlockOverrides { BlockOverrides(time: LocalWorld.genesisTime + 12) }

    @Test("The provider reads everything that keepers read: headers, accounts, storage, nonces, receipts, logs")
    func provider() async throws {
        let world = try LocalWorld()
        let provider = Provider(world.chain)
        let sent = try world.poke()
        #expect(try await provider.value(.broadcast(sent.encoded)) == sent.hash)
        #expect(try await provider.value(.nonce(of: world.rich.address, at: .pending)) == 1)
        #expect(try await provider.value(.nonce(of: world.rich.address, at: .latest)) == 0)
        let waiting = try #require(try await provider.value(.transaction(sent.hash)))
        #expect(waiting.inclusion == nil && waiting.object.statedFrom == world.rich.address)
        let head = try world.chain.mine(at: LocalWorld.genesisTime + 17)
        let header = try #require(try await provider.value(.header(.latest)))
        #expect(header == head)
        let receipt = try #require(try await provider.value(.receipt(sent.hash)))
        #expect(receipt.succeeded && receipt.logs.count == 26 && receipt.blockHash == head.hash)
        let found = try await provider.value(
            .logs(LogFilter(.range(from: .earliest, to: .latest), addresses: [world.world.address("PIP_ETH")])))
        #expect(found == receipt.logs.filter { $0.address == world.world.address("PIP_ETH") } && found.count == 2)
        let topic = receipt.logs[0].topics[0]
        let byTopic = try await provider.value(.logs(LogFilter(.hash(head.hash), topics: [[topic]])))
        #expect(byTopic == receipt.logs.filter { $0.topics.first == topic } && !byTopic.isEmpty)
        // A position that may hold anything must still be there.
        let longer = LogFilter(.hash(head.hash), topics: [[topic], []])
        #expect(try await provider.value(.logs(longer)) == byTopic.filter { $0.topics.count > 1 })
        let oneTopic = try #require(receipt.logs.first { $0.topics.count == 1 })
        #expect(try await provider.value(.logs(LogFilter(.hash(head.hash), topics: [[oneTopic.topics[0]], []]))).isEmpty)
        #expect(try await provider.value(.block(.latest, full: true))?.transactions.count == 1)
        #expect(try await provider.value(.receipts(of: .latest))?.count == 1)
        #expect(try await provider.value(.code(of: world.world.address("MEGA"), at: .latest)).count > 100)
        let slot = try await provider.value(.storage(of: world.world.address("PIP_ETH"), .slot(2), at: .hash(head.hash)))
        #expect(UInt256(bigEndian: slot) == world.chain.storage(of: world.world.address("PIP_ETH"), 2))
        #expect(try await provider.value(.balance(of: world.poor.address, at: .safe)) == LocalWorld.pittance)
    }

    @Test("A call sees its block, or the block and state that it overrides")
    func calls() async throws {
        let world = try LocalWorld()
        let (provider, osm) = (Provider(world.chain), world.world.address("PIP_ETH"))
        let pass = CallRequest(to: osm, data: call("pass()"))
        #expect(try await provider.value(.call(pass, at: .latest)).last == 0)
        #expect(try await provider.value(.call(pass, at: .latest, overrides: Self.due(world))).last == 1)
        // zzz is the third member of slot 2, below the hop: without it the oracle was never poked.
        let never = try await provider.value(
            .call(pass, at: .latest, accounts: [osm: AccountOverride(storage: .changed([UInt256(2).bigEndianBytes: B256()]))]))
        #expect(never.last == 1)
        let code = AccountOverride(code: [0x60, 0x2a, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3])
        #expect(try await provider.value(.call(pass, at: .latest, accounts: [osm: code])).last == 0x2a)
        // BASEFEE is zero for those who offer nothing, as in geth.
        var fee = CallRequest(from: world.rich.address, to: osm, data: [])
        let tell = AccountOverride(code: [0x48, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3])
        #expect(try await provider.value(.call(fee, at: .latest, accounts: [osm: tell])) == UInt256.zero.bigEndianBytes.bytes)
        (fee.gas, fee.price) = (100_000, .gasPrice(.gwei(2)))
        let paid = try await provider.value(.call(fee, at: .latest, accounts: [osm: tell]))
        #expect(paid == UInt256(1_000_000_000).bigEndianBytes.bytes)
        let poke = CallRequest(from: world.rich.address, to: osm, data: call("poke()"))
        let early = await #expect(throws: RPCError.self) { try await provider.value(.call(poke, at: .latest)) }
        #expect(early?.isRevert == true)
        #expect(world.chain.head.number == 0 && world.chain.account(world.rich.address)?.nonce == 0)
    }

    @Test("An estimate suffices, and is at most 1.5 % above the smallest limit with status 1")
    func estimate() async throws {
        let world = try LocalWorld()
        let provider = Provider(world.chain)
        let request = CallRequest(from: world.rich.address, to: world.world.address("MEGA"), data: OracleWorld.pokeData)
        let before = try await provider.value(.estimateGas(request, at: .latest))
        let estimate = try await provider.value(.estimateGas(request, at: .latest, overrides: Self.due(world)))
        #expect(Double(estimate) > 1.3 * Double(before), "an estimate from before the hour is too little after it")
        func succeeds(_ gas: Gas) async -> Bool {
            var limited = request
            limited.gas = gas
            // Out of gas is an answer here.
            return (try? await provider.value(.call(limited, at: .latest, overrides: Self.due(world)))) != nil
        }
        var (low, high): (Gas, Gas) = (21_000, estimate)
        while low + 1 < high { if await succeeds((low + high) / 2) { high = (low + high) / 2 } else { low = (low + high) / 2 } }
        #expect(await succeeds(estimate))
        // The window in which the last call starves in silence lies above the smallest limit: the search starts from what was used.
        let mined = try world.poke(gas: estimate)
        try world.chain.send(mined)
        try world.chain.mine(at: LocalWorld.genesisTime + 12)
        let used = try #require(world.chain.receipts()?[0])
        #expect(used.logs.count == 26 && high <= used.gasUsed && estimate > used.gasUsed)
        #expect((estimate - used.gasUsed) * 1_000 < estimate * 15)
    }

    @Test("A plain transfer is estimated at 21,000; what can never succeed is refused in geth's words")
    func estimates() async throws {
        let world = try LocalWorld(fork: .osaka)
        #expect(
            try world.ask(
                "eth_estimateGas",
                .object(["from": .string(world.rich.address.hex), "to": .string(world.poor.address.hex), "value": "0x1"]))
                == "0x5208")
        let osm = world.world.address("PIP_ETH").hex
        let poke: [JSON] = [.object(["to": .string(osm), "data": .string(Hex.encode(call("poke()")))])]
        #expect(try world.refusal("eth_estimateGas", poke)?.code == 3)
        let loop: JSON = .object(["to": .string(osm), "gas": "0x30000"])
        let endless: JSON = .object([.init(osm, .object(["code": "0x5b5f56"]))])
        #expect(
            try world.refusal("eth_estimateGas", [loop, "latest", endless])?.message == "gas required exceeds allowance (196608)")
        let unlimited: JSON = .object(["to": .string(osm)])
        #expect(
            try world.refusal("eth_estimateGas", [unlimited, "latest", endless])?.message
                == "gas required exceeds allowance (16777216)")
    }

    @Test("The access list of a poke has every slot that it touches, and mined with it, it uses what the answer says")
    func accessList() async throws {
        let world = try LocalWorld()
        try world.chain.mine(at: LocalWorld.genesisTime + 12)
        let provider = Provider(world.chain)
        let request = CallRequest(from: world.rich.address, to: world.world.address("MEGA"), data: OracleWorld.pokeData)
        let created = try await provider.value(.createAccessList(request, at: .latest))
        #expect(created.failure == nil && created.accessList.entries.count == 10 && created.accessList.storageKeyCount > 40)
        #expect(!created.accessList.entries.contains { $0.storageKeys.isEmpty && $0.address == world.world.address("MEGA") })
        let listed = UnsignedTransaction.feeMarket(
            FeeMarketTransaction(
                chainID: world.chain.chainID, nonce: 0, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(50),
                gasLimit: 1_000_000,
                to: world.world.address("MEGA"), data: OracleWorld.pokeData, accessList: created.accessList))
        let snapshot = world.chain.snapshot()
        try world.chain.send(listed.signed(by: world.rich))
        try world.chain.mine(at: LocalWorld.genesisTime + 13)
        #expect(world.chain.head.gasUsed == created.gasUsed)
        try world.chain.restore(snapshot)
        try world.chain.send(world.poke())
        try world.chain.mine(at: LocalWorld.genesisTime + 13)
        #expect(world.chain.head.gasUsed > created.gasUsed)
    }

    @Test("A proof of account and slots holds against the header's state root, for what is there and for what is not")
    func proofs() async throws {
        let world = try LocalWorld()
        let head = try world.chain.mine()
        let root = try #require(world.chain.block()?.header.stateRoot)
        let (provider, osm) = (Provider(world.chain), world.world.address("PIP_ETH"))
        let proof = try await provider.value(.proof(of: osm, [.slot(2), .slot(3), .slot(77)], at: .hash(head.hash)))
        try proof.verify(stateRoot: root)
        #expect(proof.storageProof[0].value != .zero && proof.storageProof[2].value == .zero)
        let absent = try await provider.value(
            .proof(of: Address(lowBytesOf: UInt256(0xDEAD).bigEndianBytes), [.slot(1)], at: .latest))
        try absent.verify(stateRoot: root)
        #expect(throws: AccountProofError.self) { try proof.verify(stateRoot: B256()) }
        let bare = try LocalWorld { $0.hasStateRoots = false }
        #expect(try bare.chain.mine().hash != head.hash)
        #expect(try bare.refusal("eth_getProof", [.string(osm.hex), [], "latest"])?.code == -32_000)
    }

    @Test("A simulated block has the state, the gas and the logs of the one that is mined; what comes after sees it")
    func simulations() async throws {
        let world = try LocalWorld()
        try world.chain.mine(at: LocalWorld.genesisTime + 1)
        let base = world.chain.head
        try world.chain.send(world.poke())
        try world.chain.mine(at: LocalWorld.genesisTime + 13)
        let mined = try #require(world.chain.block())
        let receipt = try #require(world.chain.receipts()?[0])

        let provider = Provider(world.chain)
        var poke = CallRequest(from: world.rich.address, to: world.world.address("MEGA"), data: OracleWorld.pokeData)
        poke.gas = 1_000_000
        poke.price = .caps(maxFeePerGas: .gwei(50), maxPriorityFeePerGas: .gwei(1))
        let pass = CallRequest(to: world.world.address("PIP_ETH"), data: call("pass()"))
        let overrides = BlockOverrides(
            time: mined.header.timestamp, feeRecipient: mined.header.miner, prevRandao: mined.header.mixHash,
            baseFeePerGas: mined.header.extensions.baseFeePerGas)
        let asked = Simulation(
            [
                .init(overrides: overrides, calls: [poke]), .init(calls: [pass]),
                .init(overrides: BlockOverrides(time: mined.header.timestamp + OracleWorld.hour), calls: [pass]),
            ], validation: false)
        let blocks = try await provider.value(.simulate(asked, on: .hash(base.hash)))
        #expect(blocks[0].block.header.stateRoot == mined.header.stateRoot)
        #expect(blocks[0].block.header.receiptsRoot == mined.header.receiptsRoot)
        #expect(
            blocks[0].block.header.gasUsed == receipt.gasUsed
                && blocks[0].calls[0].logs.map(\.topics) == receipt.logs.map(\.topics))
        #expect(blocks[1].calls[0].returnData.last == 0 && blocks[2].calls[0].returnData.last == 1)
        #expect(
            blocks[2].block.header.parentHash == blocks[1].block.header.hash && blocks[2].block.header.number == base.number + 3)
        // Nothing of it stays.
        #expect(world.chain.head.hash == mined.statedHash)
        #expect(StateProver(try #require(world.chain.state())).root == mined.header.stateRoot)
    }

    @Test("Fees are told as geth weighs them: percentiles by gas, the cheapest three of each block, the next block's fees last")
    func fees() async throws {
        let world = try LocalWorld()
        for tip in 1...5 as ClosedRange<UInt64> {
            try world.chain.send(world.transaction(from: world.rich, nonce: tip - 1, to: world.poor.address, tip: .gwei(tip)))
        }
        try world.chain.mine()
        try world.chain.mine()
        let provider = Provider(world.chain)
        let history = try await provider.value(.feeHistory(count: 3, newest: .latest, percentiles: [0, 50, 100]))
        #expect(history.oldestBlock == 0 && history.baseFeePerGas.count == 4)
        #expect(history.reward[1] == [.gwei(1), .gwei(3), .gwei(5)] && history.reward[2] == [.zero, .zero, .zero])
        #expect(history.nextBaseFeePerGas == (try world.chain.mine().baseFeePerGas))
        let report = try await provider.value(.feeHistoryReport(count: 1, newest: .number(1), percentiles: [12.5]))
        #expect(report.gasUsedRatio == [105_000 / 60_000_000.0] && report.baseFeePerBlobGas == [Wei(1), Wei(1)])
        // Of 1, 2 and 3 gwei the 60th percentile.
        #expect(try await provider.value(.maxPriorityFeePerGas) == .gwei(2))
        #expect(try await provider.value(.gasPrice) == .gwei(2) + (world.chain.head.baseFeePerGas ?? .zero))
        #expect(try await provider.value(.blobBaseFee) == Wei(1))
    }

    @Test("The rules are told as EIP-7910 has them, and name the fork to those who ask")
    func configuration() async throws {
        for fork in [Fork.cancun, .prague, .osaka] {
            let world = try LocalWorld(fork: fork) { $0.hasSystemContracts = true }
            let told = try await Provider(world.chain).value(.configuration)
            #expect(
                told.current.chainID == 1337
                    && told.current.precompiles["ECREC"] == Address(lowBytesOf: UInt256(1).bigEndianBytes))
            #expect(told.current.precompiles.count == [.cancun: 10, .prague: 17][fork] ?? 18)
            #expect(told.current.systemContracts.count == (fork == .cancun ? 1 : 2))
            let rules = try ForkSchedule(told).rules(number: 1, time: LocalWorld.genesisTime)
            #expect(rules.fork == fork)
        }
    }

    @Test("A batch sees one head; what is not there is said with -32601")
    func batches() throws {
        let world = try LocalWorld()
        let responses = try world.chain.answer([
            RPCRequest(id: 7, method: "eth_blockNumber"), RPCRequest(id: 8, method: "eth_noSuchMethod"),
            RPCRequest(id: 9, method: "eth_chainId"),
        ])
        #expect(responses.map(\.id) == [7, 8, 9])
        #expect(try responses[0].result() == "0x0" && responses[2].result() == "0x539")
        #expect(throws: RPCError.self) { try responses[1].result() }
        #expect(try world.refusal("debug_traceCall", [])?.code == -32_601)
        #expect(try world.ask("eth_syncing") == false && world.ask("net_version") == "1337")
        #expect(throws: RPCError.self) {
            try world.chain.answer((0...1_000).map { RPCRequest(id: $0, method: "eth_chainId") })
        }
    }
}
