import KeeperCore

/// What a desk does, for a log. Names of receivers, keys and reasons; never a URL or a secret.
public enum AlertNews: Sendable, Hashable, CustomStringConvertible {
    /// People are told.
    case told(AlertNotice)
    case delivered(sink: String, id: String, attempts: Int)
    /// Tried again, unless nothing waits for it any more.
    case undelivered(sink: String, id: String, attempts: Int, reason: String)
    /// Too many wait for a receiver that takes nothing.
    case dropped(sink: String, count: Int)
    /// The state cannot be saved: alerts go out all the same, and some may be told twice after a restart.
    case unsaved(String)
    /// Saved again.
    case saved
    /// The state that was saved is not of the form that this version writes: begun anew, so that what is open is told again.
    case begunAnew(String)
    /// The keeper tells of something that no kind of alert stands for: a defect.
    case unknown(key: String)

    public var description: String {
        switch self {
        case .told(let notice):
            "alert \(notice.change.rawValue): \(notice.severity.rawValue) \(notice.key): \(notice.summary)"
        case .delivered(let sink, let id, let attempts): "alert \(id) delivered to \(sink), try \(attempts)"
        case .undelivered(let sink, let id, let attempts, let reason):
            "alert \(id) not delivered to \(sink), try \(attempts): \(reason)"
        case .dropped(let sink, let count): "\(count) alerts dropped: too many wait for \(sink)"
        case .unsaved(let why): "the alerts' state cannot be saved; they go out all the same: \(why)"
        case .saved: "the alerts' state is saved again"
        case .begunAnew(let why): "the alerts' saved state cannot be read and is begun anew: \(why)"
        case .unknown(let key): "the keeper tells of \(key), which is no kind of alert"
        }
    }

    /// Somebody should look.
    public var isTrouble: Bool {
        switch self {
        case .told, .delivered, .saved: false
        case .undelivered, .dropped, .unsaved, .begunAnew, .unknown: true
        }
    }
}
