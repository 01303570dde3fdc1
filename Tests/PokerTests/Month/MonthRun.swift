import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import KeeperCore

@testable import KeeperApp

/// A primary and a backup keeper through a bad month on the local chain, with the team's pager at the end of it.
final class MonthRun {
    let plan: MonthPlan
    let chain: LocalChain
    let time: MonthTime
    let pager: MonthPager
    private let nodes = MonthNodes()
    private let folder: URL
    private let primary: MonthKeeper
    private let backup: MonthKeeper
    private var active: Set<MonthPlan.Fault> = []
    /// Slots that were not poked within their hour.
    private(set) var missed: [UInt64] = []
    private(set) var slots = 0
    private(set) var blocks = 0
    private var depth = 0

    static let start = PokerRunTests.midnight - 1800

    /// Seconds into an hour at which there are blocks: slots of the local chain are stamped 11 modulo 12.
    private static let moments: [UInt64] =
        [11, 23, 35, 47, 59, 311, 323, 335] + stride(from: 623, to: 3500, by: 312) + [3587]

    init(_ plan: MonthPlan) async throws {
        self.plan = plan
        let chain = try await LocalChain(genesisTime: Self.start)
        self.chain = chain
        folder = try Project.temporaryFolder()
        time = MonthTime(at: Self.start + 11)
        pager = MonthPager(time)
        let nodes = nodes
        let environment = RunEnvironment(
            time: time.loopTime, transport: { nodes.transport($0.name, chain.url) }, poster: pager)
        primary = try MonthKeeper(chain, in: folder, account: "keeper", mode: "primary", environment, time)
        backup = try MonthKeeper(chain, in: folder, account: "keeper2", mode: "backup", environment, time)
    }

    func run(progress: (Int) -> Void = { _ in }) async throws {
        try await mine(Self.start + 23)
        time.advance(to: Self.start + 24)
        try primary.start()
        try backup.start()
        await time.settle()
        let first = Self.start - Self.start % 3600
        for hour in 0...(plan.length / 3600 + 1) {
            for moment in Self.moments {
                let now = first + hour * 3600 + moment
                guard now > Self.start + 24, now < Self.start + plan.length else { continue }
                try await step(now)
            }
            try await judge(first + hour * 3600)
            progress(Int(hour))
        }
        for keeper in [primary, backup] { if let error = await keeper.kill() { throw error } }
    }

    /// One block, and what everybody makes of it.
    private func step(_ now: UInt64) async throws {
        let into = now - Self.start
        for trouble in plan.troubles {
            let isNow = trouble.time.contains(into)
            guard isNow != active.contains(trouble.fault), isNow || trouble.time.upperBound <= into,
                !plan.troubles.contains(where: { $0.fault == trouble.fault && $0.time.contains(into) }) || isNow
            else { continue }
            try await set(trouble.fault, isNow)
        }
        try await mine(now)
        if active.contains(.reorganisations), blocks % 3 == 0 {
            depth = depth % 3 + 1
            _ = try await chain.provider.request("devnode_reorg", [.integer(UInt64(depth)), .object([])])
        }
        // A block is there a little after its time.
        time.advance(to: now + 1)
        await time.settle()
    }

    private func mine(_ time: UInt64) async throws {
        try await chain.mine(at: time)
        blocks += 1
    }

    private func set(_ fault: MonthPlan.Fault, _ isNow: Bool) async throws {
        if isNow { active.insert(fault) } else { active.remove(fault) }
        switch fault {
        case .outage: nodes.cut(isNow)
        case .feeSpike:
            _ = try await chain.provider.request("devnode_setNextBaseFee", [.integer(isNow ? 2_000_000_000_000 : 1_000_000_000)])
        case .reorganisations: break
        case .invalidSource:
            try await chain.setSource("WSTETH", price: isNow ? "0" : "1800000000000000000000", valid: !isNow)
        case .stuck: _ = try await chain.provider.request("devnode_hold", ["keeper", .integer(isNow ? 1_000_000 : 0)])
        case .deadKeeper:
            if isNow {
                if let error = await primary.kill() { throw error }
            } else {
                try primary.start()
                await time.settle()
            }
        }
    }

    /// Whether the slot of an hour was poked in it: asked at its end.
    private func judge(_ slot: UInt64) async throws {
        guard slot > Self.start, slot + 3600 <= Self.start + plan.length else { return }
        slots += 1
        if try await PokerRunTests.zzz(chain, "PIP_ETH") < slot { missed.append(slot) }
    }

    /// Slots that each keeper's transactions poked.
    func served() throws -> (primary: [UInt64], backup: [UInt64]) { (try primary.served(), try backup.served()) }

    func remove() throws { try FileManager.default.removeItem(at: folder) }
}
