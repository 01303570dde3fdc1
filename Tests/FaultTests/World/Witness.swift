import EthRPC
import Logging
import Synchronization

/// What a story's keeper met and said.
final class Witness: Sendable {
    private let state = Mutex<(errors: [any Error], lines: [String], notices: [PoolNotice])>(([], [], []))

    func met(_ error: any Error) { state.withLock { $0.errors.append(error) } }
    func said(_ line: String) { state.withLock { $0.lines.append(line) } }
    func told(_ notice: PoolNotice) { state.withLock { $0.notices.append(notice) } }

    var errors: [any Error] { state.withLock { $0.errors } }
    var lines: [String] { state.withLock { $0.lines } }
    var notices: [PoolNotice] { state.withLock { $0.notices } }

    var logger: Logger {
        Logger(label: "story") { _ in Handler(witness: self) }
    }

    /// Keeps warnings and errors.
    private struct Handler: LogHandler {
        let witness: Witness
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .warning

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { witness.said("\(event.message)") }
    }
}
