/// What became of an attempt.
public enum AlertAnswer: Sendable, Hashable {
    case delivered
    /// Not now: no answer, an overload, an error of the receiver. Unix milliseconds are for the clock; this is its wish to wait.
    case failed(String, retryAfter: Duration?)
    /// This alert will not be taken as it is.
    case refused(String)
    /// Nothing will be taken until somebody mends the configuration: a wrong key, a wrong URL.
    case barred(String)

    /// The word for it in `keeper_alert_deliveries_total`.
    public var result: String {
        switch self {
        case .delivered: "delivered"
        case .failed: "failed"
        case .refused, .barred: "refused"
        }
    }

    init(_ reply: AlertReply) {
        let status = "HTTP \(reply.status)"
        self =
            switch reply.status {
            case 200..<300: .delivered
            case 408, 425, 429: .failed(status, retryAfter: reply.retryAfter)
            case 400, 413, 415, 422: .refused(status)
            case 300..<500: .barred(status)
            default: .failed(status, retryAfter: reply.retryAfter)
            }
    }

    init(_ error: any Error) {
        // Another error's text may hold the URL.
        self = .failed((error as? AlertPostError)?.rawValue ?? "no answer", retryAfter: nil)
    }
}
