import EthPrimitives
import Foundation
import KeeperAlerts
import KeeperCore
import Synchronization

/// Time that a test moves, and a place to save in that a test may break.
final class World: AlertPoster, Sendable {
    /// A request as it arrived.
    struct Post: Sendable {
        /// Of all posts, from 0.
        var number: Int
        var time: Duration
        var url: String
        var headers: [String: String]
        var body: String
        /// What was saved when it was posted.
        var saved: [UInt8]?
    }

    struct Refusal: Error, CustomStringConvertible { var description = "https://secret.example/token is full" }

    private struct State {
        var now = Duration.seconds(1_769_698_800)
        var saved: [UInt8]?
        var saves = 0
        var isFull = false
        var posts: [Post] = []
        var news: [AlertNews] = []
        var answer: @Sendable (Post) throws -> AlertReply = { _ in AlertReply(status: 202) }
    }

    private let state = Mutex(State())

    var now: Duration {
        get { state.withLock { $0.now } }
        set { state.withLock { $0.now = newValue } }
    }
    var posts: [Post] { state.withLock { $0.posts } }
    var news: [AlertNews] { state.withLock { $0.news } }
    var saved: [UInt8]? { state.withLock { $0.saved } }
    var saves: Int { state.withLock { $0.saves } }

    func pass(_ seconds: Int) { state.withLock { $0.now += .seconds(seconds) } }
    func fill(_ isFull: Bool) { state.withLock { $0.isFull = isFull } }
    func answer(_ answer: @escaping @Sendable (Post) throws -> AlertReply) { state.withLock { $0.answer = answer } }
    func answer(_ status: Int, retryAfter: Duration? = nil) { answer { _ in AlertReply(status: status, retryAfter: retryAfter) } }

    func post(_ request: AlertRequest, timeout: Duration) async throws -> AlertReply {
        let (post, answer) = state.withLock { state in
            let post = Post(
                number: state.posts.count, time: state.now, url: request.url.reveal(),
                headers: Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) }),
                body: String(decoding: request.body, as: UTF8.self), saved: state.saved)
            state.posts.append(post)
            return (post, state.answer)
        }
        return try answer(post)
    }

    /// A desk of this world, beginning with what was saved.
    func desk(_ sinks: [AlertSink], settings: AlertSettings = Scene.settings, random: Double = 0.5) -> AlertDesk {
        AlertDesk(
            settings, sinks: sinks, poster: self, state: saved, clock: { self.now }, random: { random },
            save: { bytes in
                try self.state.withLock { state in
                    if state.isFull { throw Refusal(description: "no space left on device") }
                    (state.saved, state.saves) = (bytes, state.saves + 1)
                }
            },
            notify: { news in self.state.withLock { $0.news.append(news) } })
    }

    /// A receiver of ours.
    static func webhook(_ name: String = "hook", minimum: Alert.Severity = .info) -> AlertSink {
        AlertSink(
            name: name, minimum: minimum, .webhook(url: SecretText("https://\(name).example/secret"), key: SecretText("key")))
    }
}

extension World.Post {
    /// What our own JSON says: `opened late page`.
    var gist: String {
        let json = (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
        return [json["change"], json["kind"], json["severity"]].map { $0 as? String ?? "?" }.joined(separator: " ")
    }

    var id: String { headers["Idempotency-Key"] ?? "" }
}
