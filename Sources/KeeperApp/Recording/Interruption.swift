import EthRPC
import Synchronization

/// Where a recorder was told to stop.
final class Interruption: Sendable {
    private let state = Mutex<BlockHeader?>(nil)

    /// The head that it would have gone on with; `nil` if it came to its end.
    var next: BlockHeader? { state.withLock { $0 } }

    func stop(before head: BlockHeader) { state.withLock { $0 = head } }
}
