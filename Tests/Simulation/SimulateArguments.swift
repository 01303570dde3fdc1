/// What `simulate` is asked to do. Read by hand, so that the simulator builds with the chain core alone.
public struct SimulateArguments: Sendable, Equatable {
    public var seeds: UInt64 = 10_000
    public var first: UInt64 = 1
    public var jobs: Int
    public var kind: SimulationKind?
    /// Only this one.
    public var seed: UInt64?
    public var traces = false
    /// Tries every deliberate bug.
    public var triesMutants = false
    /// Runs with this deliberate bug.
    public var mutant: String?
    public var showsTable = false
    public var helps = false

    public static let usage = """
        usage: simulate [--seeds N] [--first SEED] [--jobs N] [--kind KIND]
               simulate --seed SEED [--kind KIND] [--mutant NAME] [--trace]
               simulate --mutants [--seeds N] [--jobs N]

          --seeds N      seeds to run, by default 10000; with --mutants 2000 for each
          --first SEED   the first of them, by default 1
          --jobs N       threads, by default one for each core
          --kind KIND    \(SimulationKind.allCases.map(\.rawValue).joined(separator: ", ")); by default each seed has its own
          --seed SEED    runs this seed only
          --trace        prints each event, action and change of the world, a line each
          --mutants      breaks the machine on purpose in every known way and prints the seed that finds it
          --mutant NAME  breaks it in this way
          --table        prints how often each transition was taken

        Exits with 1 when an invariant is violated, or a deliberate bug is not found.
        """

    public struct Mistake: Error, Equatable, CustomStringConvertible {
        public let description: String
    }

    /// - Parameter jobs: threads unless the arguments say otherwise.
    public init(_ arguments: [String], jobs: Int) throws(Mistake) {
        self.jobs = jobs
        var rest = arguments[...]
        func value(_ name: String, _ rest: inout ArraySlice<String>) throws(Mistake) -> String {
            guard let value = rest.popFirst() else { throw Mistake(description: "\(name) needs a value") }
            return value
        }
        func number(_ name: String, _ rest: inout ArraySlice<String>) throws(Mistake) -> UInt64 {
            let text = try value(name, &rest)
            guard let number = UInt64(text), number < 1 << 48 else {
                throw Mistake(description: "\(name) needs a number, got \(text)")
            }
            return number
        }
        var hasSeeds = false
        while let name = rest.popFirst() {
            switch name {
            case "--seeds": (seeds, hasSeeds) = (try number(name, &rest), true)
            case "--first": first = try number(name, &rest)
            case "--jobs": self.jobs = Int(try number(name, &rest))
            case "--seed": seed = try number(name, &rest)
            case "--kind":
                let text = try value(name, &rest)
                guard let known = SimulationKind(rawValue: text) else {
                    throw Mistake(description: "there is no kind \(text), only \(SimulationKind.allCases.map(\.rawValue))")
                }
                kind = known
            case "--mutant":
                let text = try value(name, &rest)
                guard Mutant.named(text) != nil else {
                    throw Mistake(description: "there is no mutant \"\(text)\", only \(Mutant.all.map(\.name))")
                }
                mutant = text
            case "--trace": traces = true
            case "--mutants": triesMutants = true
            case "--table": showsTable = true
            case "--help", "-h": helps = true
            default: throw Mistake(description: "there is no option \(name)")
            }
        }
        if traces, seed == nil { throw Mistake(description: "--trace needs --seed") }
        if self.jobs < 1 || self.jobs > 256 { throw Mistake(description: "--jobs needs 1 to 256") }
        if seeds < 1 { throw Mistake(description: "--seeds needs at least 1") }
        if triesMutants, !hasSeeds { seeds = 2_000 }
    }
}
