import EthCodec
import EthPrimitives
import KeeperCore

/// Alerts of an Alertmanager's API v2. It forgets an alert that is not told again, so open incidents are told every minute, with an end
/// five minutes ahead: a keeper that dies leaves nothing open. Severity is a label, which receivers are chosen by, and labels identify
/// an alert: a rise ends the alert with the old severity in the same request.
enum AlertmanagerPayload {
    /// Seconds between tellings, and how long one counts.
    static let (interval, lifetime): (UInt64, UInt64) = (60, 300)

    static func request(_ alerts: [JSON], url: SecretText, authorization: SecretText?) -> AlertRequest {
        let root = url.reveal()
        let path = (root.hasSuffix("/") ? String(root.dropLast()) : root) + "/api/v2/alerts"
        let headers = authorization.map { [AlertRequest.Header("Authorization", $0.reveal())] } ?? []
        return AlertRequest(url: SecretText(path), headers: headers, body: JSONWriter.bytes(of: .array(alerts)))
    }

    static func alerts(_ delivery: AlertDelivery, at now: UInt64) -> [JSON] {
        let notice = delivery.notice
        if notice.change.isEnd { return [alert(notice, delivery.previous ?? notice.severity, ends: notice.at)] }
        let before = delivery.previous.map { [alert(notice, $0, ends: notice.at)] } ?? []
        return before + [firing(notice, at: now)]
    }

    static func firing(_ notice: AlertNotice, at now: UInt64) -> JSON {
        alert(notice, notice.severity, ends: max(now, notice.since) + lifetime)
    }

    private static func alert(_ notice: AlertNotice, _ severity: Alert.Severity, ends: UInt64) -> JSON {
        var labels: [JSON.Member] = [
            .init("alertname", .string(notice.kind.rawValue)), .init("kind", .string(notice.kind.rawValue)),
            .init("severity", .string(severity.rawValue)),
        ]
        labels += notice.labels.map { .init($0.name, .string($0.value)) }
        return .object([
            "labels": .object(labels),
            "annotations": .object([
                "summary": .string(notice.summary),
                "description": notice.details.isEmpty ? nil : .string(notice.details.joined(separator: "\n")),
                "runbook_url": .string(notice.runbook),
                "told_by": .string(notice.keeper),
                "incident": .string(notice.incident),
            ]),
            "startsAt": .string(UTC.instant(notice.since)),
            // An end before the beginning is refused.
            "endsAt": .string(UTC.instant(max(ends, notice.since))),
            "generatorURL": notice.runbookURL.map(JSON.string),
        ])
    }
}
