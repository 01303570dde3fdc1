import EthPrimitives
import EthRPC
import Foundation
import KeeperCore
import TestSupport

/// `poker run` on one store through hours of chain time, killed again and again.
///
/// The driver is in step with whatever process lives: it mines a block when the one before was dealt with, and goes on inside an hour
/// until the slot is poked and final. So a slot is lost by a keeper's fault only.
final class KillRun {
    struct Size: Sendable {
        var kills: Int
        var seed: UInt64
        var losesStores: Bool
    }

    let size: Size
    let program: URL
    let chain: LocalChain
    let home: StoreHome
    var random: SeededRandom
    var tally: KillTally
    var paces = KillPaces()
    var poker: MortalPoker?
    var head: BlockHeader
    /// Of the first block of the run.
    let first: UInt64
    var slots: [UInt64] = []
    /// Slots that others poked before us.
    var forestalled: Set<UInt64> = []
    /// Hours at whose end nobody ran.
    var leaps = 0
    var hasLeapt = false
    /// Findings about stores that were lost.
    var buried: [String] = []

    init(_ size: Size, program: URL) async throws {
        self.size = size
        self.program = program
        chain = try await LocalChain(genesisTime: PokerRunTests.midnight - 1800)
        home = try StoreHome(chain)
        random = SeededRandom(size.seed &+ (size.losesStores ? 1_000_003 : 0))
        tally = KillTally(size.losesStores ? "stores lost" : "stores kept", wanted: size.kills)
        head = try await chain.provider.head()
        first = head.number + 1
    }

    /// Goes on until there were enough kills, then ends in peace.
    func run() async throws {
        // A new store waits until the account is known to be quiet.
        for _ in 0..<8 { try await quietBlock() }
        while tally.kills < size.kills {
            let slot = PokerRunTests.midnight + UInt64(tally.hours) * 3600
            slots.append(slot)
            tally.hours += 1
            do { try await hour(slot) } catch let failure as KillFailure {
                throw KillFailure(
                    "seed \(size.seed), hour \(tally.hours), after kill \(tally.kills), \(home.config.path): \(failure)")
            }
        }
        for _ in 0..<8 { try await quietBlock() }
        try await end()
    }

    private func quietBlock() async throws {
        if poker == nil { try start() }
        try await mine(head.timestamp + 12)
        try await poker?.see(head)
    }

    func mine(_ time: UInt64) async throws {
        head = try await chain.mine(at: time)
        tally.blocks += 1
    }

    func start() throws {
        tally.starts += 1
        poker = try MortalPoker(home, chain, program: program)
    }

    private func end() async throws {
        guard let last = poker else { throw KillFailure("no poker is left") }
        last.stop()
        let end = last.wait()
        poker = nil
        guard end == .exited(0) else { throw KillFailure("SIGTERM led to \(end): \(last.log.lines.suffix(3))") }
    }

    // MARK: - Killing

    /// Kills at a block, which is mined meanwhile.
    func kill(_ poker: MortalPoker, by plan: KillPlan, _ hour: inout KillHour) async throws {
        guard let watch = StoreWatch(home.store) else { throw KillFailure("a process that runs has no store open") }
        let began = ContinuousClock.now
        let commits = watch.commits
        let (tick, way): (Duration, String) = (hour.index == 0 ? paces.slotTick : paces.tick, plan.way)
        let moment: @Sendable () -> Bool
        switch plan.moment {
        case .after(let part): moment = { ContinuousClock.now - began >= tick * part }
        case .commit(let count, let microseconds):
            moment = {
                // Not every tick makes so many commits.
                if ContinuousClock.now - began > tick * 3 { return true }
                guard watch.commits &- commits >= count else { return false }
                usleep(microseconds)
                return true
            }
        case .stopping: throw KillFailure("not at a block")
        }
        async let end = poker.strike(when: moment)
        try await mine(hour.time)
        try await bury(await end, way, &hour, plan)
    }

    /// Asks a process to end, and kills it on the way.
    func stop(_ poker: MortalPoker, by plan: KillPlan, _ part: Double, _ hour: inout KillHour) async throws {
        let began = ContinuousClock.now
        let pace = paces.stop
        poker.stop()
        let end = await poker.strike { ContinuousClock.now - began >= pace * part }
        if end == .exited(0) { paces.note(\.stop, ContinuousClock.now - began) }
        try await bury(end, plan.way, &hour, plan)
    }

    /// Starts a process, after those that shall die while they start.
    func restart(_ hour: inout KillHour) async throws {
        while !hour.again.isEmpty, tally.kills < size.kills {
            let part = hour.again.removeFirst()
            try start()
            let (began, pace) = (ContinuousClock.now, paces.start)
            guard let poker else { break }
            let end = await poker.strike { ContinuousClock.now - began >= pace * part }
            try await bury(end, "starting", &hour, nil)
        }
        let began = ContinuousClock.now
        try start()
        // Mostly it sees the head that is there; otherwise the next block comes while it starts.
        guard hour.due != nil || random.chance(60) else { return }
        try await poker?.see(head)
        paces.note(\.start, ContinuousClock.now - began)
    }

    /// Looks at what a process left.
    private func bury(_ end: MortalPoker.End, _ way: String, _ hour: inout KillHour, _ plan: KillPlan?) async throws {
        let dead = poker
        poker = nil
        switch end {
        case .killed: break
        case .exited(0) where way == "stopping": tally.stops += 1
        case .exited(let status):
            throw KillFailure(
                "the poker ended by itself with \(status) (\(way)): \(dead?.log.lines.suffix(5).joined(separator: "\n") ?? "")")
        }
        if let plan {
            hour.gap = plan.gap
            hour.again = plan.again
            if plan.leaps, hour.index >= 0, hour.leap == 0 {
                hour.gap = max(1, hour.gap)
                // Beyond the hour only where a slot may be missed.
                hour.leap = size.losesStores && random.chance(40) ? 3600 : 1500
            }
        }
        guard end == .killed else { return }
        let records = try home.records()
        let place = try await KillPlace.find(records, slot: hour.slot, through: chain.provider)
        let loses = size.losesStores && records != nil && plan.map { $0.luck < place.lossPercent } ?? false
        tally.count(way, place, losing: loses)
        guard loses else { return }
        let account = home.account
        if let verdict = try home.inspect({ try StoreVerdict($0, account, isOver: false) }) {
            buried += verdict.findings
            tally.lines += verdict.lines
            tally.records += verdict.records
            tally.intents += verdict.outcomes.count
        }
        try home.loseStore()
    }
}
