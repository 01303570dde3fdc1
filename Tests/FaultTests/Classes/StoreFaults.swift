import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import KeeperStore
import KeeperTransactions
import Synchronization

/// A disk that fails under the store, and a store that is gone.
enum StoreFaults {
    static let all: [FaultClass] = [
        FaultClass(
            "disk full under a signed form, then room",
            .alone(.late(.words("no space left")), atMost: Calm.alone + 5) {
                failing(under: isSigned, times: 1).stepping(longer)
            }),
        FaultClass(
            "disk full under everything, then room",
            .alone(.late(.words("no space left")), atMost: Calm.alone + 5) { failing(times: 1).stepping(longer) }),
        FaultClass(
            "disk full under an outcome, then room",
            .alone(.done(transactions: 1, "told a head later"), atMost: Calm.alone + 5) {
                failing(under: isSettled, times: 1).stepping(longer)
            }.also { $0.alerts.contains { if case .store = $0 { true } else { false } } ? nil : "nobody was told of the store" }),
        FaultClass(
            "disk full for good",
            .alone(.refused(.words("no space left")), atMost: Calm.alone - 1) { failing(times: .max) }),
        FaultClass(
            "nobody knows whether a signed form is on the disk",
            .alone(.refused(.words("nobody knows whether records are durable")), atMost: 11) { uncertain(isKept: false) }
                .also(hasEnded),
            .alone(.refused(.words("nobody knows whether records are durable")), atMost: 11) { uncertain(isKept: true) }
                .also(hasEnded)),
        FaultClass(
            "second instance on the same store",
            .beside(.refused(.words("another process")), atMost: 0) {
                var story = Story.odd(.init())
                story.store = { path in
                    let first = try SQLiteStore(path: path)
                    return try withExtendedLifetime(first) { try SQLiteStore(path: path) }
                }
                return story
            }.called("ends")),
        FaultClass(
            "store lost, nothing pending",
            .alone(.late(.words("the store is new")), atMost: 41) {
                lost(.init()).stepping([Story.due] + Array(repeating: Story.next, count: 5))
            },
            .alone(.late(.words("the store is new")), atMost: 41) {
                lost(.init(showsQueue: true)).stepping([Story.due] + Array(repeating: Story.next, count: 5))
            }),
        FaultClass(
            "store lost, and its transaction is pending",
            .alone(.refused(.words("the store is new")), atMost: 67) { bequeathed(.init()) }.also(isLeftToTheFirst),
            .alone(.refused(.words("the store is new")), atMost: 67) { bequeathed(.init(showsQueue: true)) }
                .also(isLeftToTheFirst)),
    ]

    private static let longer = [Story.due, Story.next, Story.next, Story.next, Story.next]
    private static let full = StoreError(.failed, "no space left on the disk")

    private static let isSigned: @Sendable (Record) -> Bool = { if case .signed = $0 { true } else { false } }
    private static let isSettled: @Sendable (Record) -> Bool = { if case .settled = $0 { true } else { false } }

    /// A write of such records fails so many times, for certain.
    private static func failing(under fits: @escaping @Sendable (Record) -> Bool = { _ in true }, times: Int) -> Story {
        var story = Story.odd(.init())
        let left = Counter(times)
        story.disk = { base in
            FaultyStore(base: base, before: { $0.contains(where: fits) && left.takes() ? full : nil })
        }
        return story
    }

    private static func uncertain(isKept: Bool) -> Story {
        var story = Story.odd(.init())
        let failure: @Sendable ([Record]) -> StoreError? = { records in
            records.contains(where: isSigned) ? StoreError(.notCertain, "the disk does not say") : nil
        }
        story.disk = { isKept ? FaultyStore(base: $0, after: failure) : FaultyStore(base: $0, before: failure) }
        return story
    }

    /// The process ends at once: it asks for no more heads.
    private static let hasEnded: @Sendable (Account) -> String? = { account in
        guard (account.end as? ManagerError)?.code == .uncertain else { return "not ended: \(String(describing: account.end))" }
        return account.ticks.count <= 2 ? nil : "\(account.ticks.count) ticks"
    }

    private static func lost(_ oddities: ChainNode.Oddities) -> Story {
        var story = Story.odd(oddities)
        story.isAdopted = false
        return story
    }

    /// The transaction of the lost store waits for a price that comes three blocks later.
    private static func bequeathed(_ oddities: ChainNode.Oddities) -> Story {
        lost(oddities).stepping(
            [
                { stage in
                    stage.world.setPrice(.init(baseFeePerGas: .gwei(20)))
                    try stage.nodes[0].take(earlier)
                    stage.world.mine()
                }, Story.next, Story.next, Story.next, Story.next, Story.next,
                { stage in
                    stage.world.setPrice(.init())
                    stage.world.mine()
                }, Story.next, Story.next, Story.next,
            ])
    }

    private static func earlier() throws -> Signed<FeeMarketTransaction> {
        try FeeMarketTransaction(
            chainID: 1337, nonce: ChainWorld.firstNonce, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(9),
            gasLimit: 100_000,
            to: ChainWorld.contract, data: [0x18, 0x17, 0x83, 0x58] + [UInt8](repeating: 0, count: 32)
        ).signed(by: Story.key)
    }

    private static let isLeftToTheFirst: @Sendable (Account) -> String? = { account in
        guard account.isTrue else { return "a wrong decision" }
        guard account.end == nil else { return "the keeper ended" }
        guard account.endings == [.satisfiedByOther] else { return "endings: \(account.endings)" }
        let nonce = account.world.chain.last?.nonce
        return nonce == ChainWorld.firstNonce + 1 ? nil : "nonce \(nonce ?? 0)"
    }

    private final class Counter: Sendable {
        private let left: Mutex<Int>
        init(_ count: Int) { left = Mutex(count) }

        func takes() -> Bool {
            left.withLock { left in
                guard left > 0 else { return false }
                left -= 1
                return true
            }
        }
    }
}
