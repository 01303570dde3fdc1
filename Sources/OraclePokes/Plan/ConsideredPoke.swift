import EthPrimitives
import KeeperCore

/// A plan with what is known of its gas.
public struct ConsideredPoke: Sendable, Hashable {
    /// Its `gas.used` is exact where it was executed.
    public var plan: PokePlan
    /// `nil` where the model stands alone.
    public var executed: PokeAlternative?

    /// For people: `multicall 4 OSMs + 6 ilks with access list: 321,000 gas`.
    public var text: String {
        let gas = "\(plan.title): \(Table.grouped(plan.gas.used)) gas"
        guard let executed else { return "\(gas) by the model" }
        return executed.flaw.map { "\(plan.title): not sent, \($0)" } ?? gas
    }

    /// Plans by their exact gas where they were executed, by the model's otherwise: best first, those with a flaw last and as the model has
    /// them. What was not executed, or is flawed, has no list: a list is worth what execution says.
    public static func ranked(
        _ plans: [PokePlan], executed: [PokeAlternative], _ facts: PokeFacts, _ contracts: PokeContracts
    ) -> [Self] {
        var (sound, flawed): ([Self], [Self]) = ([], [])
        for plan in plans {
            let known = executed.first { $0.isOf(plan, facts, contracts) }
            var considered = Self(plan: plan, executed: known)
            guard !plan.isListed || known != nil && known?.flaw == nil else { continue }
            if let known, known.flaw == nil { considered.plan.gas.used = known.gasUsed }
            if known?.flaw == nil { sound.append(considered) } else { flawed.append(considered) }
        }
        return sorted(sound) + sorted(flawed)
    }

    private static func sorted(_ considered: [Self]) -> [Self] {
        PokePlanner.ranked(considered.map(\.plan)).compactMap { plan in considered.first { $0.plan == plan } }
    }
}

extension PokeAlternative {
    /// Whether it is what a plan would send.
    func isOf(_ plan: PokePlan, _ facts: PokeFacts, _ contracts: PokeContracts) -> Bool {
        plan.isListed == (accessList != nil) && plan.target(facts, contracts) == target
            && callHash == Keccak256.hash(plan.callData(facts, contracts))
    }
}

extension PokeExecution {
    /// Whether it is of what a plan would send.
    public func isOf(_ plan: PokePlan, _ facts: PokeFacts, _ contracts: PokeContracts) -> Bool {
        // Recordings of before there were single calls name no target: their data told the calls apart.
        guard plan.isListed == (accessList != nil), target == nil || target == plan.target(facts, contracts) else { return false }
        return (target != nil || plan.method != .single) && callHash == Keccak256.hash(plan.callData(facts, contracts))
    }
}
