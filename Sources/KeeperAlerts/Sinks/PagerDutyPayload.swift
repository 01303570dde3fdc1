import EthCodec
import EthPrimitives
import KeeperCore

/// An event of PagerDuty's Events API v2: `trigger` opens an incident or, with a higher severity, raises it; `resolve` ends it.
///
/// Severities are info and notify → `info`, urgent → `warning` (low urgency), page → `error` and critical → `critical` (high urgency):
/// a service that notifies by the severity of alerts wakes people from page on.
enum PagerDutyPayload {
    /// Most characters of a summary, of the documentation.
    static let longestSummary = 1024

    static func body(_ delivery: AlertDelivery, key: SecretText) -> [UInt8] {
        let notice = delivery.notice
        var event: [JSON.Member] = [
            .init("routing_key", .string(key.reveal())),
            .init("event_action", notice.change.isEnd ? "resolve" : "trigger"),
            .init("dedup_key", .string(notice.key)),
        ]
        if !notice.change.isEnd {
            event += [
                .init("payload", payload(delivery)), .init("client", .string("KeeperKit \(notice.keeper)")),
            ]
            if let url = notice.runbookURL {
                event.append(.init("links", [.object(["href": .string(url), "text": "Runbook"])]))
            }
        }
        return JSONWriter.bytes(of: .object(event))
    }

    private static func payload(_ delivery: AlertDelivery) -> JSON {
        let notice = delivery.notice
        var details: [JSON.Member] = notice.labels.map { .init($0.name, .string($0.value)) }
        details += [
            .init("severity", .string(notice.severity.rawValue)), .init("since", .string(UTC.instant(notice.since))),
            .init("told_by", .string(notice.keeper)), .init("incident", .string(notice.incident)),
            .init("details", .array(notice.details.map(JSON.string))), .init("runbook", .string(notice.runbook)),
        ]
        return .object([
            "summary": .string(AlertText.cut("\(notice.kind.rawValue): \(notice.summary)", longestSummary)),
            "source": .string(notice.keeper),
            "severity": .string(severity(notice.severity)),
            "timestamp": .string(UTC.instant(notice.at)),
            "class": .string(notice.kind.rawValue),
            "component": notice.subject.isEmpty ? nil : .string(notice.subject),
            "custom_details": .object(details),
        ])
    }

    private static func severity(_ severity: Alert.Severity) -> String {
        switch severity {
        case .info, .notify: "info"
        case .urgent: "warning"
        case .page: "error"
        case .critical: "critical"
        }
    }
}
