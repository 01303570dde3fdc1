import EthCodec
import EthRPC
import Foundation
import KeeperAlerts
import KeeperCore
import Synchronization

/// Receivers of alerts as a team has them: a pager that knows incidents by their keys, and a channel that everything goes to. Every
/// seventh delivery is refused for the moment.
final class MonthPager: AlertPoster {
    /// What the pager did, or was told.
    struct Entry: Sendable {
        enum Change: String, Sendable {
            /// Somebody is woken.
            case paged
            case raised
            /// Another keeper tells of an incident that is known.
            case shared
            /// The same keeper tells the same once more.
            case again
            case resolved
            /// The end of what is over already: another keeper told it.
            case endless
        }
        /// Unix seconds.
        var time: UInt64
        var change: Change
        var key: String
        var kind: String
        var summary: String
        var keeper: String
    }

    private struct State {
        var timeline: [Entry] = []
        /// Severities of open incidents by their keys.
        var open: [String: (severity: String, kind: String)] = [:]
        /// Who told which severity of them.
        var told: [String: Set<String>] = [:]
        var attempts = 0
        /// Of the channel, by severity.
        var messages: [String: Int] = [:]
        var kinds: [String: Int] = [:]
        var unknown: [String] = []
    }

    private let state = Mutex(State())
    private let time: MonthTime

    init(_ time: MonthTime) { self.time = time }

    func post(_ request: AlertRequest, timeout: Duration) async throws -> AlertReply {
        let isRefused = state.withLock { state in
            state.attempts += 1
            return state.attempts % 7 == 0
        }
        if isRefused { return AlertReply(status: 503) }
        let body = try JSONScanner.parse(request.body)
        state.withLock { state in
            if body["event_action"] != nil { page(body, &state) } else { say(body, &state) }
        }
        return AlertReply(status: 202)
    }

    private func page(_ event: JSON, _ state: inout State) {
        let key = event["dedup_key"]?.string ?? ""
        var entry = Entry(
            time: time.now / 1000, change: .resolved, key: key, kind: state.open[key]?.kind ?? "",
            summary: event["payload"]?["summary"]?.string ?? "", keeper: event["payload"]?["source"]?.string ?? "")
        if event["event_action"] == "resolve" {
            // Of keepers that share an incident each says that it is over.
            if state.open.removeValue(forKey: key) == nil { entry.change = .endless }
            state.told[key] = nil
        } else {
            let severity = event["payload"]?["severity"]?.string ?? ""
            entry.kind = event["payload"]?["class"]?.string ?? ""
            let isNew = state.told[key, default: []].insert("\(severity) by \(entry.keeper)").inserted
            entry.change = state.open[key].map { !isNew ? .again : $0.severity == severity ? .shared : .raised } ?? .paged
            state.open[key] = (severity, entry.kind)
        }
        state.timeline.append(entry)
    }

    private func say(_ body: JSON, _ state: inout State) {
        guard body["change"]?.string != nil else { return state.unknown.append("\(body)") }
        state.messages[body["severity"]?.string ?? "", default: 0] += 1
        if body["change"] == "opened" { state.kinds[body["kind"]?.string ?? "", default: 0] += 1 }
    }

    var timeline: [Entry] { state.withLock { $0.timeline } }
    /// Keys of incidents that nobody resolved.
    var open: [String] { state.withLock { $0.open.keys.sorted() } }
    var unknown: [String] { state.withLock { $0.unknown } }
    var attempts: Int { state.withLock { $0.attempts } }
    /// Openings told to the channel, by kind.
    var kinds: [String: Int] { state.withLock { $0.kinds } }
    /// What woke somebody.
    var pages: [Entry] { timeline.filter { $0.change == .paged } }
}
