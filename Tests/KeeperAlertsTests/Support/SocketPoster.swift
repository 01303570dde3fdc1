import EthPrimitives
import Foundation
import KeeperAlerts

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Posts over real sockets. Its time is up when the test says so, not when a clock does.
final class SocketPoster: AlertPoster, Sendable {
    private let session: URLSession
    private let timeUp: @Sendable (AlertRequest) async throws -> Void

    /// - Parameter timeUp: returns when the time for a request is over; never, unless a test says otherwise.
    init(
        timeUp: @escaping @Sendable (AlertRequest) async throws -> Void = { _ in try await Task.sleep(for: .seconds(1_000_000)) }
    ) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = 4
        session = URLSession(configuration: configuration)
        self.timeUp = timeUp
    }

    private static func url(_ request: AlertRequest) throws -> URL {
        guard let url = URL(string: request.url.reveal()) else { throw AlertPostError.unreachable }
        return url
    }

    func stop() { session.invalidateAndCancel() }

    func post(_ request: AlertRequest, timeout: Duration) async throws -> AlertReply {
        var wanted = URLRequest(url: try Self.url(request))
        wanted.httpMethod = request.method
        wanted.httpBody = Data(request.body)
        for header in request.headers { wanted.setValue(header.value, forHTTPHeaderField: header.name) }
        let (sent, session, timeUp) = (wanted, session, timeUp)
        return try await withThrowingTaskGroup(of: AlertReply.self) { group in
            group.addTask {
                do {
                    let (_, response) = try await session.data(for: sent)
                    guard let response = response as? HTTPURLResponse else { throw AlertPostError.broken }
                    let wish = response.value(forHTTPHeaderField: "Retry-After").flatMap { Int($0) }
                    return AlertReply(status: response.statusCode, retryAfter: wish.map { .seconds($0) })
                } catch let error as URLError where error.code == .cannotConnectToHost {
                    throw AlertPostError.unreachable
                } catch is URLError {
                    throw AlertPostError.broken
                }
            }
            group.addTask {
                try await timeUp(request)
                throw AlertPostError.timeout
            }
            defer { group.cancelAll() }
            guard let reply = try await group.next() else { throw AlertPostError.broken }
            return reply
        }
    }
}
