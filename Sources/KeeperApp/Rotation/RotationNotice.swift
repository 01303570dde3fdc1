import Logging

/// What becomes of secrets in files.
enum RotationNotice: Sendable, CustomStringConvertible {
    /// The files of these keys were read again, and count from now on.
    case reread([String])
    /// A file is another one, and cannot be used: what was read before stays in use.
    case kept(ConfigError)

    var description: String {
        switch self {
        case .reread(let keys): "re-read: the files of \(keys.joined(separator: ", "))"
        case .kept(let error): "\(error): what was read before stays in use"
        }
    }
}

extension Logger {
    /// Tells it as a line.
    func tell(_ notice: RotationNotice) {
        switch notice {
        case .reread: info("\(notice)")
        case .kept: warning("\(notice)")
        }
    }
}
