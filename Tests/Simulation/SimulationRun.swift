/// One run of a seed.
public struct SimulationRun: Sendable {
    public var seed: UInt64
    public var kind: SimulationKind
    public var mutant: Mutant?
    /// Gets a line for each event, action and change of the world.
    public var trace: (@Sendable (String) -> Void)?
    /// Whether to collect the transitions; takes a little time.
    public var observes = false

    /// - Parameter kind: the seed's own if `nil`.
    public init(seed: UInt64, kind: SimulationKind? = nil, mutant: Mutant? = nil) {
        self.seed = seed
        self.kind = kind ?? SimulationKind(of: seed)
        self.mutant = mutant
    }

    public struct Result: Sendable {
        public var violation: Violation?
        public var tally: RunTally
        public var transitions: Transitions?
    }

    public func run() -> Result {
        var simulation = Simulation(seed: seed, kind: kind, mutant: mutant)
        simulation.trace = trace
        if observes { simulation.transitions = Transitions() }
        let violation = simulation.run()
        simulation.tally.runs = 1
        return Result(violation: violation, tally: simulation.tally, transitions: simulation.transitions)
    }
}
