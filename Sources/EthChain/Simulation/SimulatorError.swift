public import EthEVM
public import EthPrimitives

/// Why there is no result of a simulation. What goes wrong with the node itself is the transport's error.
public enum SimulatorError: Error, Hashable, Sendable {
    /// A precompiled contract was called that is not built in: a node has to answer instead (`SecondOpinion`).
    case needsNode(precompile: Address)
    /// No block could hold a transaction; its place in the sequence, counted from 0.
    case invalidTransaction(index: Int, InvalidTransaction)
    /// The machine gave up for another reason.
    case machine(EVMError)
    /// Which rules hold is not known.
    case fork(ForkError)
    /// An override wants a precompiled contract elsewhere, which is not built in.
    case movedPrecompile(Address)
    /// After so many requests there still was state that was not known.
    case tooManyRequests(Int, StateMisses)
    /// A smaller limit was asked for of a transaction that the sequence does not have.
    case noTransaction(index: Int)

    /// Whether a node's own simulation is the way out.
    public var needsNode: Bool { if case .needsNode = self { true } else { false } }

    init(_ error: EVMError, index: Int) {
        self =
            switch error {
            case .unsupportedPrecompile(let address): .needsNode(precompile: address)
            case .invalidTransaction(let reason): .invalidTransaction(index: index, reason)
            case .unsupportedFork, .memoryLimit: .machine(error)
            }
    }
}

extension SimulatorError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .needsNode(let address): "precompiled contract \(address) is not built in: a node has to simulate this call"
        case .invalidTransaction(let index, let reason):
            index == 0 ? "no block takes the transaction: \(reason)" : "no block takes transaction \(index + 1): \(reason)"
        case .machine(let error): "\(error)"
        case .fork(let error): "\(error)"
        case .movedPrecompile(let address): "precompiled contract \(address) cannot be moved here: ask a node"
        case .tooManyRequests(let count, let misses):
            "after \(count) requests \(misses.accounts.count) accounts and \(misses.slots.values.reduce(0) { $0 + $1.count }) slots "
                + "were still not known"
        case .noTransaction(let index): "there is no transaction \(index + 1)"
        }
    }
}
