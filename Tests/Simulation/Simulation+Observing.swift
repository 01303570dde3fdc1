import EthPrimitives
import KeeperTransactions

extension Simulation {
    private static let rows = Dictionary(
        uniqueKeysWithValues: TransitionTable.rows.map { (Transitions.Cell(phase: $0.phase, event: $0.event), $0) })

    /// Where each open intent stands.
    func phases(_ process: Int) -> [(IntentKey, IntentPhase)] {
        let state = processes[process].machine.state
        return (state.wanted.map(\.key) + state.bindings.compactMap(\.key)).map { ($0, processes[process].machine.phase(of: $0)) }
    }

    mutating func observe(
        _ process: Int, _ event: MachineEvent, _ before: [(IntentKey, IntentPhase)], _ actions: [MachineAction]
    ) {
        let new = phases(process).filter { entry in !before.contains { $0.0 == entry.0 } }.map { ($0.0, IntentPhase.none) }
        for (key, phase) in before + new {
            let step = Transitions.Step(phase: phase, event: event.kind, next: processes[process].machine.phase(of: key))
            transitions?.steps[step, default: 0] += 1
            let row = Self.rows[Transitions.Cell(phase: phase, event: event.kind)]
            if row?.next.contains(step.next) != true {
                inspector.object(.listed, "\(key): \(phase.rawValue), \(event.kind.rawValue) → \(step.next.rawValue)")
            }
            let nonce = processes[process].machine.state.bindings.first { $0.key == key }?.nonce
            for action in actions where action.concerns(key, nonce) {
                if row?.actions.contains(action.kind) != true, action.kind != .watch {
                    inspector.object(.listed, "\(key): \(phase.rawValue), \(event.kind.rawValue) asks to \(action.kind.rawValue)")
                }
                transitions?.actions[Transitions.Cell(phase: phase, event: event.kind), default: []].insert(action.kind)
            }
        }
    }
}

extension MachineAction {
    /// Whether an action is about an intent.
    fileprivate func concerns(_ key: IntentKey, _ nonce: Nonce?) -> Bool {
        switch self {
        case .persist(let write): write.records.contains { $0.concerns(key, nonce) }
        case .sign(let order): order.key == key
        case .broadcast(_, _, let sent): sent == nonce
        case .locate(let sought, _): sought == nonce
        case .report(let report): report.key == key
        case .watch, .alert: false
        }
    }
}

extension Record {
    fileprivate func concerns(_ key: IntentKey, _ nonce: Nonce?) -> Bool {
        switch self {
        case .wanted(let entry): entry.key == key
        case .signed(let signed): signed.key == key
        case .released(let ended), .displaced(let ended, _): ended == nonce
        case .settled(let settlement): settlement.key == key
        case .recalled(let recalled): recalled == key
        case .adopted, .filled, .paused: false
        }
    }
}
