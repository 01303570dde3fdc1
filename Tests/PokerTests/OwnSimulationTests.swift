import EthChain
import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import KeeperCore
import KeeperTransactions
import OraclePokes
import Synchronization
import Testing

@testable import Poker

/// The poker executes its call itself, on the node of the tests, which is a machine that is not ours.
@Suite(.serialized)
struct OwnSimulationTests {
    /// Counts what goes over the wire: a batch is one HTTP request.
    private final class CountingTransport: Transport {
        private let inner: any Transport
        private let batches = Mutex<[[String]]>([])

        init(_ inner: any Transport) { self.inner = inner }

        func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
            batches.withLock { $0.append(batch.map(\.method)) }
            return try await inner.send(batch)
        }

        /// The methods of each request since the last time.
        func take() -> [[String]] {
            batches.withLock { batches in
                defer { batches = [] }
                return batches
            }
        }
    }

    private static func keeper(_ chain: LocalChain, plan: PlanChoice) throws -> PokerKeeper {
        func address(_ name: String) throws -> Address { try #require(chain.addresses[name]) }
        let contracts = PokeContracts(
            megaPoker: try address("MEGAPOKER"), multicall: try address("MULTICALL3"), spotter: try address("MCD_SPOT"),
            vat: try address("MCD_VAT"))
        let ilks = ["ETH-A", "ETH-B", "ETH-C", "WBTC-A", "WBTC-B", "WBTC-C", "WSTETH-A", "WSTETH-B", "LSEV2-SKY-A"]
        let targets = PokerTargets(
            contracts: contracts,
            oracles: try ["PIP_BTC", "PIP_ETH", "PIP_WSTETH", "PIP_SKY"].map { .init(name: $0, address: try address($0)) },
            ilks: ilks.compactMap { name in B256(ascii: name).map { .init(name: name, id: $0, oracle: nil) } })
        let sender = chain.accounts["keeper"]?.address
        return PokerKeeper(
            name: "poker", rules: rules(plan), targets: targets, sender: sender,
            simulation: PokeSimulation(chain: 1337, ForkSchedule(.prague), contracts, sender: sender))
    }

    private static func rules(_ plan: PlanChoice) -> PokerRules {
        PokerRules(
            isBackup: false, backupAfter: 300, deadline: 300, maxAttemptsPerSlot: 3, gasLimitMargin: 8, maxGasLimit: 1_500_000,
            fees: FeePolicy(maxFeePerGas: .gwei(100), minPriorityFeePerGas: .gwei(1)),
            planner: PokePlanner(
                choice: plan, skipsDeadIlks: true, skipsUnchangedSpots: true, hasMulticall: true, isExact: true,
                gas: PokeGasModel()),
            hasDailyBlock: false, windowBefore: 120, idleInterval: 60)
    }

    private static func newPrices(_ chain: LocalChain, _ hour: Int) async throws {
        for (name, price) in [("BTC", 21_000), ("ETH", 1_650), ("WSTETH", 1_790), ("SKY", 10)] {
            try await chain.setSource(name, price: "\(price + hour)000000000000000000")
        }
        try await chain.mine()
    }

    @Test(
        "What it sizes is mined with exactly the gas that it said, and every effect",
        arguments: [PlanChoice.megaPoker, .cheapest])
    func exact(plan: PlanChoice) async throws {
        let midnight = PokerRunTests.midnight
        let chain = try await LocalChain(genesisTime: midnight - 1800)
        let counted = CountingTransport(chain.provider.transport)
        let keeper = try Self.keeper(chain, plan: plan)
        for hour in 0..<4 {
            try await Self.newPrices(chain, hour)
            let slot = midnight + UInt64(hour) * 3600
            let early = try await chain.mine(at: slot - 1)
            _ = try await keeper.observe(early, through: Provider(counted))
            let head = try await chain.mine(at: slot + 11)
            _ = counted.take()
            let snapshot = try await keeper.observe(head, through: Provider(counted))
            let requests = counted.take()
            let execution = try #require(snapshot.execution, "\(snapshot.executionProblem ?? "")")
            print("\(plan) hour \(hour): \(requests.map(\.count)) calls, used \(execution.gasUsed), needs \(execution.needs)")
            // Cold, without a node's access list; then once more for what the node thinks of the MegaPoker; from then on all in one.
            #expect(requests.count <= (hour < 2 ? 8 : 1), "\(requests.map(\.count))")

            var memory = PokerMemory()
            let decision = keeper.decide(snapshot, &memory)
            let intents = decision.actions.compactMap { if case .transact(let intent) = $0 { intent } else { nil } }
            let intent = try #require(intents.first, "\(decision.notes)")
            #expect(decision.notes.contains { $0.code == "executed" })
            try Self.expectCheapest(snapshot, decision, intent, plan)
            #expect(intent.gasExpected == execution.gasUsed)
            #expect(intent.gasLimit >= execution.needs)
            try Self.expectRaised(keeper, snapshot, execution)
            let hash = try await chain.provider.request(
                "devnode_send",
                [
                    .object([
                        "from": "keeper", "to": .string(intent.to.hex), "data": .string(Hex.encode(intent.data.rawValue)),
                        "gas": .integer(intent.gasLimit), "accessList": Self.json(intent.accessList),
                    ])
                ])
            try await chain.mine(at: head.timestamp + 12)
            let receipt = try #require(
                try await chain.provider.receipt(try TransactionHash(hex: hash.json.string ?? hash.json["hash"]?.string ?? "")))
            let succeeded = receipt.succeeded
            #expect(succeeded)
            #expect(receipt.gasUsed == execution.gasUsed)
            for effect in intent.effects {
                let isShown = effect.isShown(by: receipt.logs)
                #expect(isShown, "\(effect.name)")
            }
        }
    }

    private static func json(_ list: AccessList) -> JSON {
        .array(
            list.entries.map {
                .object([
                    "address": .string($0.address.hex), "storageKeys": .array($0.storageKeys.map { .string($0.description) }),
                ])
            })
    }

    /// Every way is executed, and the cheapest is sent as it was executed: with its list.
    private static func expectCheapest(
        _ snapshot: PokerSnapshot, _ decision: Decision, _ intent: TransactionIntent, _ plan: PlanChoice
    ) throws {
        let alternatives = try #require(snapshot.alternatives)
        let notes = decision.notes.filter { $0.code == "considered" }.map(\.text)
        print(notes)
        #expect(alternatives.count == (plan == .megaPoker ? 2 : 4) && notes.count == alternatives.count, "\(notes)")
        #expect(alternatives.allSatisfy { $0.flaw == nil })
        #expect(intent.gasExpected == alternatives.map(\.gasUsed).min())
        #expect(!intent.accessList.entries.isEmpty && intent.accessList == snapshot.execution?.accessList)
        // Nothing that is warm anyway: the contract that is called, the sender, precompiled contracts.
        #expect(!intent.accessList.entries.contains { $0.address == intent.to || $0.address == intent.to })
    }

    /// A node that claims what no block has: an alert, and a limit as large as the caps admit.
    private static func expectRaised(_ keeper: PokerKeeper, _ snapshot: PokerSnapshot, _ execution: PokeExecution) throws {
        var claimed = snapshot
        claimed.execution?.node = .init(
            method: "eth_simulateV1", gas: .max, ownGas: execution.gasUsed, agrees: false, excess: .max)
        var memory = PokerMemory()
        let decision = keeper.decide(claimed, &memory)
        var (limits, alerts): ([Gas], [String]) = ([], [])
        for action in decision.actions {
            if case .transact(let intent) = action { limits.append(intent.gasLimit) }
            if case .alert(let alert) = action { alerts.append(alert.key) }
        }
        #expect(limits == [keeper.rules.maxGasLimit])
        #expect(alerts.contains("poker/simulation-differs"))
        // An execution of another call counts for nothing.
        claimed.execution?.callHash = B256()
        let plain = keeper.decide(claimed, &memory)
        for case .transact(let intent) in plain.actions { #expect(intent.accessList.entries.isEmpty) }
        #expect(!keeper.decide(claimed, &memory).notes.contains { $0.code == "executed" })
    }
}
