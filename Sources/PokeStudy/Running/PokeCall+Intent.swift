import EthPrimitives
import EthTransactions
import KeeperTransactions
import OraclePokes

extension StrategyRun {
    /// The call that an intent makes: by whom it calls, and by the names of what it expects.
    func call(of intent: TransactionIntent) -> PokeCall? {
        let contracts = scenario.contracts
        let names = Set(intent.effects.map(\.name))
        let method: PokeMethod
        switch intent.to {
        case contracts.megaPoker: method = .megaPoker
        case contracts.multicall: method = .multicall
        case contracts.spotter: method = .single
        default:
            guard scenario.oracles.contains(where: { $0.address == intent.to }) else { return nil }
            method = .single
        }
        let isListed = !intent.accessList.entries.isEmpty
        let plan = PokePlan(
            method: method, oracles: scenario.oracles.map(\.name).filter(names.contains),
            ilks: scenario.ilks.map(\.name).filter(names.contains), gas: PokeGas(used: 0, needed: 0), isListed: isListed)
        return PokeCall(plan, accessList: isListed ? intent.accessList : nil)
    }
}
