import KeeperAlerts
import KeeperCore

/// The `alerts` section: what people are told of, and by whom.
public struct AlertsConfiguration: Sendable {
    var late = AlertSettings.Late()
    /// Seconds.
    var runwayBelow: UInt64 = 7 * 86_400
    /// Where the runbooks are; `nil` for where this project keeps them.
    var runbooks: String?
    var sinks: [SinkConfiguration] = []
}

/// A receiver of alerts.
struct SinkConfiguration: Sendable {
    enum Kind: String, CaseIterable, Sendable { case pagerduty, discord, slack, webhook, alertmanager }

    var name: String
    var kind: Kind
    /// What matters less is not sent there.
    var minimum: Alert.Severity
    /// Of PagerDuty it is known.
    var url: ConfigReference?
    /// PagerDuty's integration key, the secret that signs a webhook, or the token of an Alertmanager behind a proxy.
    var secret: ConfigReference?
}

extension AlertsConfiguration {
    static func read(_ root: ConfigReader) throws(ConfigError) -> Self {
        let section = try root.section("alerts", "what people are told of, and by whom")
        let late = try section.section("late", "how long work is due until lateness has each severity")
        var configuration = Self()
        let defaults = configuration.late
        configuration.late = AlertSettings.Late(
            notify: try late.value("notify", .someSeconds, default: defaults.notify, "for office hours"),
            urgent: try late.value("urgent", .someSeconds, default: defaults.urgent, "for whoever is on duty"),
            page: try late.value("page", .someSeconds, default: defaults.page, "wakes somebody"),
            critical: try late.value("critical", .someSeconds, default: defaults.critical, "wakes everybody"))
        let steps = [
            configuration.late.notify, configuration.late.urgent, configuration.late.page, configuration.late.critical,
        ]
        guard zip(steps, steps.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw section.error("late", "expected notify < urgent < page < critical")
        }
        configuration.runwayBelow = try section.value(
            "runwayBelow", .someSeconds, default: configuration.runwayBelow, "a wallet that lasts for less is told of")
        configuration.runbooks = try section.value("runbooks", .link, "where your runbooks are: the address of their folder")
        if let runbooks = configuration.runbooks, runbooks.contains(where: { "@?#".contains($0) }) {
            throw section.error("runbooks", "expected a URL without user, password and query: it is in every alert")
        }
        let sinks = try section.sections("sinks", by: "type", SinkConfiguration.Kind.self, "who it is", "who is told")
        for (kind, reader) in sinks {
            let sink = try SinkConfiguration(kind, reader, number: configuration.sinks.count + 1)
            // A survey has one of each kind, without names.
            if !reader.isSurvey, configuration.sinks.contains(where: { $0.name == sink.name }) {
                throw reader.error("name", "two receivers have the name \(sink.name)")
            }
            if !reader.isSurvey { try sink.checkWritten() }
            configuration.sinks.append(sink)
        }
        return configuration
    }
}

extension SinkConfiguration {
    /// - Parameter number: its place in the list, from 1.
    fileprivate init(_ kind: Kind, _ reader: ConfigReader, number: Int) throws(ConfigError) {
        self.kind = kind
        let byPlace = reader.isSurvey ? nil : "\(kind.rawValue)\(number)"
        name = try reader.value("name", .label, default: byPlace, from: "by its place", "in logs and metrics") ?? ""
        minimum = try reader.value("minimum", .word, default: Alert.Severity.notify, "what matters less is not sent there")
        switch kind {
        case .pagerduty:
            url = try reader.reference("url", "where it takes messages, unless that is its service in the United States")
            secret = try reader.requiredReference("routingKey", "the integration key")
        case .discord, .slack:
            url = try reader.requiredReference("url", "the webhook")
            secret = nil
        case .webhook:
            url = try reader.requiredReference("url", "where it takes messages")
            secret = try reader.requiredReference("secret", "signs each message")
        case .alertmanager:
            url = try reader.requiredReference("url", "its root")
            secret = try reader.reference("bearerToken", "token of an Authorization header")
        }
    }
}
