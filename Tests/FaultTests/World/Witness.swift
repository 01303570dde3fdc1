import EthRPC
import KeeperCore
import KeeperTransactions
import Logging
import Synchronization

/// What a story's keeper met and said.
final class Witness: Sendable {
    private struct State {
        var errors: [any Error] = []
        var lines: [(level: Logger.Level, text: String)] = []
        var notices: [PoolNotice] = []
        var news: [TransactionNews] = []
    }

    private let state = Mutex(State())

    func met(_ error: any Error) { state.withLock { $0.errors.append(error) } }

    func told(_ notice: PoolNotice) {
        state.withLock { $0.notices.append(notice) }
        logger.info("\(notice)")
    }

    func told(_ news: TransactionNews) {
        state.withLock { $0.news.append(news) }
        logger.info("\(news)")
    }

    var errors: [any Error] { state.withLock { $0.errors } }
    /// Warnings and errors.
    var lines: [String] { state.withLock { $0.lines.filter { $0.level >= .warning }.map(\.text) } }
    /// Of every level, with their metadata.
    var allLines: [String] { state.withLock { $0.lines.map(\.text) } }
    var notices: [PoolNotice] { state.withLock { $0.notices } }
    var news: [TransactionNews] { state.withLock { $0.news } }

    var logger: Logger {
        Logger(label: "story") { _ in Handler(witness: self) }
    }

    /// Keeps everything.
    private struct Handler: LogHandler {
        let witness: Witness
        var metadata: Logger.Metadata = [:]
        var logLevel: Logger.Level = .trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            let text = "\(event.message)" + all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            witness.state.withLock { $0.lines.append((event.level, text)) }
        }
    }
}
