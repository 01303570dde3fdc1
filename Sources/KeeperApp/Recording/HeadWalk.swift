import EthRPC
import KeeperCore

/// The heads of a past range, one after the other.
struct HeadWalk<K: Keeper> {
    let keeper: K
    let pace: RecordingPace
    let last: BlockHeader
    var finder: BlockFinder

    /// The next head; `nil` at the end of the range.
    mutating func head(after head: BlockHeader) async throws -> BlockHeader? {
        try await finder.first(at: pace.wake(after: head, for: keeper), after: head, upTo: last)
    }
}
