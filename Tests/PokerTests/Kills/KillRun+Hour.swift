import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import KeeperCore

extension KillRun {
    /// Blocks around the start of a slot, until it is poked and that is final, with its kills.
    func hour(_ slot: UInt64) async throws {
        let plans = KillPlan.hour(&random)
        var pool = PoolPlan(&random)
        // Without its store no keeper can take back what waits.
        if size.losesStores, pool.isForestalled { pool = PoolPlan() }
        var hour = KillHour(slot, plans: plans, pool: pool)
        // Nobody ran when this hour began.
        if hasLeapt { (hour.index, hour.gap, hasLeapt) = (0, 1, false) }
        try await chain.setSource("ETH", price: "\(Int.random(in: 1000...3000, using: &random))000000000000000000")
        if pool.held > 0 { tally.held += 1 }
        while true {
            if poker == nil, hour.gap == 0 { try await restart(&hour) }
            if tally.kills >= size.kills { (hour.plans, hour.again) = ([], []) }
            guard hour.time < slot + 3500 else {
                guard hour.leap < 3600 else {
                    (leaps, hasLeapt) = (leaps + 1, true)
                    break
                }
                throw KillFailure("slot \(slot) was not poked and settled within its hour: \(poker?.log.lines.suffix(4) ?? [])")
            }
            try await prepare(&hour)
            try await block(&hour)
            hour.index += 1
            if try await isOver(&hour) { break }
        }
        try await hold(0, &hour)
    }

    /// Mines the next block, and kills if that is due.
    private func block(_ hour: inout KillHour) async throws {
        guard let poker else {
            hour.gap -= 1
            return try await mine(hour.time)
        }
        if let plan = hour.due {
            hour.plans.removeFirst()
            guard case .stopping(let part) = plan.moment else { return try await kill(poker, by: plan, &hour) }
            try await mine(hour.time)
            try await poker.see(head)
            return try await stop(poker, by: plan, part, &hour)
        }
        let began = ContinuousClock.now
        try await mine(hour.time)
        try await poker.see(head)
        paces.note(hour.index == 0 ? \.slotTick : \.tick, ContinuousClock.now - began)
    }

    /// What happens in the pool before the next block.
    private func prepare(_ hour: inout KillHour) async throws {
        if hour.index == -1 || hour.isHeld, random.chance(60) { try await moveFees() }
        if hour.index == 0, hour.pool.held > 0 { try await hold(hour.pool.held, &hour) }
        if hour.pool.isCrowded, hour.index > 0, hour.index <= min(hour.pool.held, 6) {
            let tip = 2_000_000_000 * UInt64(hour.index)
            _ = try await chain.provider.request(
                "devnode_send",
                [.object(["from": "filler", "to": "0x1111111111111111111111111111111111111111", "tip": .integer(tip)])])
        }
        if hour.pool.isForestalled {
            if hour.index == 1 {
                try await chain.poke()
                forestalled.insert(hour.slot)
            } else if hour.index > 3, hour.isHeld, poker != nil, hour.gap == 0, try await isTakenBack() {
                try await hold(0, &hour)
            }
        }
    }

    /// Whoever signs anew signs something else then, and what waits may be too cheap for a while.
    private func moveFees() async throws {
        let fee = UInt64.random(in: 500_000_000...30_000_000_000, using: &random)
        _ = try await chain.provider.request("devnode_setNextBaseFee", [.integer(fee)])
    }

    private func hold(_ blocks: Int, _ hour: inout KillHour) async throws {
        guard hour.isHeld != (blocks > 0) else { return }
        _ = try await chain.provider.request("devnode_hold", ["keeper", .integer(UInt64(blocks))])
        hour.isHeld = blocks > 0
    }

    /// Whether what waits of the keeper's account is to itself.
    private func isTakenBack() async throws -> Bool {
        let pool = try await chain.provider.request("txpool_content").json
        let mine = (pool["pending"]?.members ?? []).filter { $0.name.lowercased() == home.account.address.hex.lowercased() }
        return mine.flatMap { $0.value.members ?? [] }.allSatisfy {
            $0.value["to"]?.string?.lowercased() == home.account.address.hex.lowercased()
        }
    }

    /// Whether the slot is poked, and whatever the account did is final for a while, before the eyes of a process.
    private func isOver(_ hour: inout KillHour) async throws -> Bool {
        guard head.timestamp >= hour.slot else { return false }
        if hour.pokedAt == nil {
            for oracle in PokerRunTests.oracles where try await PokerRunTests.zzz(chain, oracle) != hour.slot { return false }
            hour.pokedAt = head.number
        }
        let account = home.account.address
        let nonces = [
            try await chain.provider.nonce(of: account, at: .latest), try await chain.provider.nonce(of: account, at: .pending),
        ]
        if nonces != hour.nonces { (hour.nonces, hour.quietSince) = (nonces, head.number) }
        guard let pokedAt = hour.pokedAt, hour.plans.isEmpty, hour.again.isEmpty, poker != nil, nonces[0] == nonces[1] else {
            return false
        }
        return head.number >= max(pokedAt, hour.quietSince) + 4
    }
}
