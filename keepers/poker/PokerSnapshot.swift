import EthPrimitives
import EthRPC
import KeeperApp
import OraclePokes
import Synchronization

/// What the poker knows at one block.
struct PokerSnapshot: PokeSnapshot {
    var head: BlockHeader
    var facts: PokeFacts
    /// `nil` where only guards were read, because nothing was due.
    var fees: FeeFacts?
    /// The node's estimate of the planned call at the time of inclusion; `nil` if it was not asked or gave none.
    var simulatedGas: Gas?
    /// Why the node gave no estimate.
    var simulationProblem: String?
    /// The planned call in our own machine; `nil` if it was not executed.
    var execution: PokeExecution?
    /// Every way of poking that was considered, in our own machine; `nil` if none was executed, and in recordings of before there were any.
    var alternatives: [PokeAlternative]?
    /// Why it was not executed although it should have been.
    var executionProblem: String?
}

/// What one observation teaches for the next: which source each oracle asks, and that the configured ilks exist.
final class PokerBook: Sendable {
    private struct State {
        var sources: [Address: Address] = [:]
        /// Unix seconds from which on an oracle can be poked again, the earliest of all that are not stopped.
        var dueFrom: UInt64?
        var hasSeenIlks = false
        var memory = SourceMemory()
    }

    private let state = Mutex(State())

    var sources: [Address: Address] { state.withLock { $0.sources } }

    /// Whether, as far as it knows, something is due at a time: then the planned call will be executed.
    func expectsWork(at time: UInt64) -> Bool { state.withLock { $0.dueFrom.map { $0 <= time } ?? false } }

    /// Takes note of what sources were seen with, as `decide` does in its own memory: so that what is executed is what will be decided.
    func see(_ oracles: [OracleFacts], at time: UInt64, slot: UInt64) {
        state.withLock { $0.memory.see(oracles, at: time, slot: slot) }
    }

    var memory: SourceMemory { state.withLock { $0.memory } }

    /// Takes note of when something will be due, at heads too where only that was read.
    func learn(_ oracles: [OracleFacts]) {
        let time = oracles.compactMap(\.dueFrom).min()
        state.withLock { $0.dueFrom = time }
    }

    /// - Throws: `ConfigError` if the Spotter does not know an ilk of the configuration, told at the first complete observation.
    func learn(_ facts: PokeFacts) throws(ConfigError) {
        let unknown = state.withLock { state in
            for oracle in facts.oracles { state.sources[oracle.address] = oracle.source }
            defer { state.hasSeenIlks = true }
            return state.hasSeenIlks ? nil : facts.ilks.first { $0.pip == .zero }
        }
        if let unknown {
            throw ConfigError("poker.ilks", "the Spotter has no price feed for \(unknown.name): is it spelt right?")
        }
    }
}
