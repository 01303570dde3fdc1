public import KeeperTransactions

/// The transitions that runs showed.
public struct Transitions: Sendable {
    public struct Step: Sendable, Hashable {
        public let phase: IntentPhase
        public let event: MachineEvent.Kind
        public let next: IntentPhase

        public init(phase: IntentPhase, event: MachineEvent.Kind, next: IntentPhase) {
            (self.phase, self.event, self.next) = (phase, event, next)
        }
    }

    /// What was asked for in answer to an event in a phase.
    public internal(set) var actions: [Cell: Set<MachineAction.Kind>] = [:]

    public struct Cell: Sendable, Hashable {
        public let phase: IntentPhase
        public let event: MachineEvent.Kind

        public init(phase: IntentPhase, event: MachineEvent.Kind) { (self.phase, self.event) = (phase, event) }
    }

    public internal(set) var steps: [Step: Int] = [:]

    public init() {}

    public mutating func add(_ other: Transitions) {
        steps.merge(other.steps, uniquingKeysWith: +)
        actions.merge(other.actions) { $0.union($1) }
    }
}
