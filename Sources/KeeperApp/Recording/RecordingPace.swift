import EthPrimitives
import EthRPC
import KeeperCore

/// Which heads of a past range are recorded.
enum RecordingPace: Sendable, Hashable, CustomStringConvertible {
    /// Those at which `run` would have looked: every block around a slot, one an `idleInterval` between.
    case keeper
    /// Every block around a slot, none between.
    case slot
    /// Every block around a slot, and one in so many seconds between.
    case interval(UInt64)
    /// Every block.
    case block

    init?(text: String) {
        switch text {
        case "keeper": self = .keeper
        case "slot": self = .slot
        case "block": self = .block
        default:
            guard let seconds = Duration.seconds(parsing: text), seconds > 0 else { return nil }
            self = .interval(seconds)
        }
    }

    /// As the recording names it.
    var description: String {
        switch self {
        case .keeper: "keeper"
        case .slot: "slot"
        case .block: "block"
        case .interval(let seconds): "\(seconds)s"
        }
    }

    /// A keeper that asks for this many steps between two slots is not waited for.
    private static let maximumSteps = 100_000

    /// Unix seconds of the earliest block worth recording after a head.
    func wake(after head: BlockHeader, for keeper: some Keeper) -> UInt64 {
        let next = head.timestamp + 1
        guard self != .block else { return next }
        var wake = max(next, keeper.nextWake(after: head))
        let least: UInt64 =
            switch self {
            case .slot: .max
            case .interval(let seconds): head.timestamp + seconds
            case .keeper, .block: next
            }
        // A keeper that asks for the very next block is near a slot; one that does not is passed over until it is, or time is up.
        var steps = 0
        while wake > next, wake < least, steps < Self.maximumSteps {
            var idle = head
            idle.timestamp = wake
            let after = keeper.nextWake(after: idle)
            guard after > wake + 1 else { break }
            wake = after
            steps += 1
        }
        return wake
    }
}
