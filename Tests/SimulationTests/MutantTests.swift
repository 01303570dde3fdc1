import EthRPC
import KeeperTransactions
import Simulation
import Testing

/// A simulator that finds nothing in a broken machine proves nothing with a good one.
@Suite("Deliberate bugs")
struct MutantTests {
    /// Where a bug shows soonest; elsewhere it is found too, later.
    static let kinds: [String: SimulationKind] = [
        "release leaves gap": .wide, "blind adoption": .storeLost, "forgotten reorg": .shared,
    ]

    @Test("each is found", arguments: Mutant.all.map(\.name))
    func found(name: String) throws {
        let mutant = try #require(Mutant.named(name))
        #expect(SeedSweep(count: 2_000, jobs: 1, kind: Self.kinds[name], mutant: mutant).run().failure != nil)
    }

    @Test("every wording of a refusal is understood", arguments: Wordings.all)
    func worded(kind: NodeErrorKind, messages: [String]) {
        for message in messages { #expect(NodeError(code: -32000, message: message).kind == kind, "\(message)") }
    }
}
