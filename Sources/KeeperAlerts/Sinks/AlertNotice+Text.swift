import KeeperCore

extension AlertNotice {
    /// `PAGE late: poker-mainnet`, `URGENT, was notify: late: …`, `resolved late: …`
    func headline(previous: Alert.Severity?) -> String {
        let what = subject.isEmpty ? kind.rawValue : "\(kind.rawValue) \(subject)"
        let place = "\(what): \(keeper)"
        switch change {
        case .opened: return "\(severity.rawValue.uppercased()) \(place)"
        case .escalated:
            let was = previous.map { ", was \($0.rawValue)" } ?? ""
            return "\(severity.rawValue.uppercased())\(was): \(place)"
        case .resolved: return "resolved \(place)"
        case .retracted: return "retracted \(place): its block left the chain"
        }
    }

    /// The runbook as a link; `nil` where it is only a path.
    var runbookURL: String? { runbook.hasPrefix("https://") || runbook.hasPrefix("http://") ? runbook : nil }

    /// How long it has been so, or was.
    var lasted: String { AlertText.duration(max(at, since) - since) }
}
