import Synchronization

/// The progress of work on several threads.
final class StudyProgress: Sendable {
    private let bar = Mutex<Progress?>(nil)

    /// - Parameter done: it may come out of order.
    func update(_ done: Int, of total: Int) {
        bar.withLock { bar in
            var shown = bar ?? Progress("comparing", total: total)
            shown.update(done)
            bar = shown
        }
    }
}
