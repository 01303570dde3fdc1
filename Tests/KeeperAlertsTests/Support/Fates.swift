import KeeperAlerts
import Synchronization
import TestSupport

/// What becomes of each post, by chance: taken, taken with the answer lost, not taken.
final class Fates: Sendable {
    private struct State {
        var random: SeededRandom
        var count = 0
        var accepted: Set<Int> = []
        var isWell = false
    }

    private let state: Mutex<State>

    init(_ seed: UInt64) { state = Mutex(State(random: SeededRandom(seed &+ 77))) }

    /// Numbers of the posts that were taken, in the order in which they came.
    var accepted: Set<Int> { state.withLock { $0.accepted } }

    func heal() { state.withLock { $0.isWell = true } }

    func fate(_ post: World.Post) throws -> AlertReply {
        try state.withLock { state in
            let number = post.number
            let pick = state.isWell ? 0 : Int.random(in: 0..<100, using: &state.random)
            if pick < 60 || (85..<92).contains(pick) { state.accepted.insert(number) }
            switch pick {
            case ..<60: return AlertReply(status: 200)
            case ..<68: return AlertReply(status: 503)
            case ..<74: return AlertReply(status: 429, retryAfter: .seconds(40))
            case ..<80: return AlertReply(status: 400)
            case ..<85: return AlertReply(status: 403)
            case ..<92: throw AlertPostError.broken
            default: throw AlertPostError.timeout
            }
        }
    }
}
