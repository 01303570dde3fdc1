import EthPrimitives
import EthRPC
import KeeperTransactions

/// How far the poke of an hour was when its process was killed, by what the store and the chain hold afterwards.
enum KillPlace: String, CaseIterable {
    case noStore = "no store yet"
    case nothing = "nothing wanted"
    case wanted = "wanted, not signed"
    case signed = "signed, not sent"
    case waiting = "in the pool"
    case replaced = "in the pool, replaced"
    case mined = "mined, not final"
    case settled = "settled"

    /// How often a store is lost here, where any is: mostly where it knew what nobody else knows.
    var lossPercent: Int {
        switch self {
        case .noStore: 0
        case .nothing, .settled: 10
        case .wanted, .mined: 20
        case .signed, .waiting, .replaced: 50
        }
    }

    /// - Parameters:
    ///   - records: what the store holds; `nil` if there is none.
    ///   - slot: the hour's.
    static func find(_ records: [Record]?, slot: UInt64, through provider: Provider) async throws -> Self {
        guard let records else { return .noStore }
        let state: MachineState
        do { state = try MachineState(replaying: records) } catch {
            throw KillFailure("the records that a killed process left contradict each other: \(error)")
        }
        if state.wanted.contains(where: { $0.key.id.epoch == slot }) { return .wanted }
        if let binding = state.bindings.first(where: { $0.key?.id.epoch == slot }) {
            for form in binding.forms {
                guard let found = try await provider.transaction(form.hash) else { continue }
                return found.inclusion != nil ? .mined : binding.forms.count > 1 ? .replaced : .waiting
            }
            return .signed
        }
        return state.settled.contains { $0.key.id.epoch == slot } ? .settled : .nothing
    }
}
