/// What a receiver answered.
public struct AlertReply: Sendable, Hashable {
    /// HTTP status code.
    public var status: Int
    /// What its `Retry-After` asks for (RFC 9110, 10.2.3); `nil` without one.
    public var retryAfter: Duration?

    public init(status: Int, retryAfter: Duration? = nil) { (self.status, self.retryAfter) = (status, retryAfter) }
}

/// Why there is no answer. It says nothing of where the request went, which may hold a secret.
public enum AlertPostError: String, Error, Sendable, Hashable, CustomStringConvertible {
    /// No answer within the time.
    case timeout = "no answer in time"
    /// No connection came about.
    case unreachable = "no connection"
    /// The connection ended before an answer was whole: the receiver may have taken the alert.
    case broken = "the connection broke"
    /// The certificate or the protocol is not what it should be.
    case insecure = "no secure connection"

    public var description: String { rawValue }
}

/// Posts requests over HTTP. The one thing that this library needs of the world.
public protocol AlertPoster: Sendable {
    /// Posts a request once: no retries, and redirections are not followed.
    /// - Parameter timeout: for all of it; it must end then, whatever the receiver does.
    /// - Throws: `AlertPostError`, best; any other error is shown as "no answer", since its text may hold the URL.
    func post(_ request: AlertRequest, timeout: Duration) async throws -> AlertReply
}
