public import KeeperTransactions

/// The transitions that runs showed.
public struct Transitions: Sendable {
    public struct Step: Sendable, Hashable {
        public let phase: IntentPhase
        public let event: MachineEvent.Kind
        public let next: IntentPhase
    }

    public internal(set) var steps: [Step: Int] = [:]

    public init() {}

    public mutating func add(_ other: Transitions) { steps.merge(other.steps, uniquingKeysWith: +) }
}

extension Simulation {
    /// Where each open intent stands.
    func phases(_ process: Int) -> [(IntentKey, IntentPhase)] {
        guard let machine = processes[process].machine else { return [] }
        return (machine.state.wanted.map(\.key) + machine.state.bindings.compactMap(\.key)).map { ($0, machine.phase(of: $0)) }
    }

    mutating func observe(
        _ process: Int, _ event: MachineEvent, _ before: [(IntentKey, IntentPhase)], _ actions: [MachineAction]
    ) {
        guard let machine = processes[process].machine else { return }
        for (key, phase) in before {
            let step = Transitions.Step(phase: phase, event: event.kind, next: machine.phase(of: key))
            transitions?.steps[step, default: 0] += 1
        }
        for (key, phase) in phases(process) where !before.contains(where: { $0.0 == key }) {
            transitions?.steps[Transitions.Step(phase: .none, event: event.kind, next: phase), default: 0] += 1
        }
    }
}
