import EthPrimitives
import EthRPC
import Foundation
import KeeperTesting
import Synchronization
import Testing

@testable import KeeperApp
@testable import KeeperCore
@testable import Poker

/// Some hours of simulated mainnet that are over, and a poker that records them.
struct PastWorld {
    let world: SimulatedMainnet
    let wiring: Wiring<Poker>
    let pool: NodePool

    /// Pokes of somebody else, twenty minutes into each hour.
    init(_ change: (String) -> String = { $0 }) async throws {
        wiring = try Self.wiring(change)
        world = Self.past()
        pool = NodePool(
            [PoolNode("archive", world.transport())], chainID: 1, settings: wiring.common.nodes.settings,
            clock: RPCClock(SimulatedClock(world)), random: { 0 })
        _ = try await wiring.firstHead(pool)
    }

    static func past(hours: UInt64 = 8) -> SimulatedMainnet {
        let world = SimulatedMainnet(at: hour + hours * 3600)
        world.state.withLock { state in
            for hour in 0..<hours {
                state.mined.append((hash: Keccak256.hash("poke \(hour)"), slot: hour * 300 + 203))
            }
        }
        return world
    }

    /// The example's configuration with one node, to be changed further. This world answers calls and has no code to execute.
    static func configuration(_ change: (String) -> String = { $0 }) throws -> URL {
        let example = Project.root.appending(path: "keepers/poker/poker.example.yaml")
        let text = change(
            try String(contentsOf: example, encoding: .utf8)
                .replacing("${GETH_URL}", with: "http://archive").replacing("level: info", with: "level: warning")
                .replacing("quorum: 2", with: "quorum: 1").replacing("simulation: own", with: "simulation: node"))
        let file = try Project.temporaryFolder().appending(path: "poker.yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file
    }

    private static func wiring(_ change: (String) -> String) throws -> Wiring<Poker> {
        try Wiring<Poker>(ConfigLoader(path: configuration(change).path, readsNodeVariables: false))
    }

    /// Unix seconds of the first hour of the simulation.
    static let hour: UInt64 = SimulatedMainnet.base + 100 * SimulatedMainnet.slotLength + 1

    @discardableResult
    func record(
        _ path: String, from: CassettePlace, to: CassettePlace, pace: RecordingPace = .keeper
    ) async throws -> RangeRecording<Poker>.Outcome {
        try await RangeRecording(
            wiring: wiring, pool: pool, path: path, places: (from, to), pace: pace, runner: { try await $0.run() }
        ).run()
    }

    static func file(_ name: String) throws -> String { try Project.temporaryFolder().appending(path: name).path }

    static func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path))) }

    static func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }
}
