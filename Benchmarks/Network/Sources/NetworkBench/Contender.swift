/// One way of asking a node over the loopback.
protocol Contender: Sendable {
    var name: String { get }
    /// Asks so many times, one after the other.
    func sequential(_ calls: Int) async throws
    /// Asks so many times, 64 at a time.
    func inFlight(_ calls: Int) async throws
    /// Asks so many times in batches of 100.
    func batches(_ calls: Int) async throws
}

/// What is measured, and what our share of the bare client's rate and our multiple of web3.py's must be.
enum Work: String, CaseIterable {
    case sequential = "one call after the other"
    case inFlight = "64 calls in flight"
    case batches = "batches of 100 calls"

    static let batch = 100
    static let tasks = 64

    func run(_ contender: any Contender, _ calls: Int) async throws {
        switch self {
        case .sequential: try await contender.sequential(calls)
        case .inFlight: try await contender.inFlight(calls)
        case .batches: try await contender.batches(calls)
        }
    }

    /// Runs the same work in 64 tasks.
    static func concurrently(_ calls: Int, _ one: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                let share = calls / tasks + (task < calls % tasks ? 1 : 0)
                group.addTask { try await one(share) }
            }
            try await group.waitForAll()
        }
    }
}

/// The answer that the server gives.
struct WrongAnswer: Error {}
