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
        configuration.runbooks = try section.value("runbooks", .text, "where your runbooks are: the address of their folder")
        for reader in try section.sections("sinks", "who is told") {
            let sink = try SinkConfiguration(reader, number: configuration.sinks.count + 1)
            if configuration.sinks.contains(where: { $0.name == sink.name }) {
                throw reader.error("name", "two receivers have the name \(sink.name)")
            }
            configuration.sinks.append(sink)
        }
        return configuration
    }
}

extension SinkConfiguration {
    /// - Parameter number: its place in the list, from 1.
    fileprivate init(_ reader: ConfigReader, number: Int) throws(ConfigError) {
        let known: Kind? = try reader.value("type", .word, "who it is")
        guard let kind = known ?? (reader.isSurvey ? .webhook : nil) else { throw reader.error("type", "the key is missing") }
        self.kind = kind
        name =
            try reader.value("name", .text, default: "\(kind.rawValue)\(number)", from: "by its place", "in logs and metrics")
            ?? ""
        minimum = try reader.value("minimum", .word, default: Alert.Severity.notify, "what matters less is not sent there")
        url = try reader.reference("url", "where it takes messages; known for pagerduty")
        let routingKey = try reader.reference("routingKey", "pagerduty: the integration key")
        let secret = try reader.reference("secret", "webhook: signs each message")
        let token = try reader.reference("bearerToken", "alertmanager: token of an Authorization header")
        self.secret = routingKey ?? secret ?? token
        guard !reader.isSurvey else { return }
        let own = [Kind.pagerduty: "routingKey", .webhook: "secret", .alertmanager: "bearerToken"][kind]
        for key in ["routingKey", "secret", "bearerToken"] where reader.has(key) && key != own {
            throw reader.error(key, "it is not for type \(kind.rawValue)")
        }
        if kind == .pagerduty, routingKey == nil { throw reader.error("routingKey", "the key is missing: pagerduty needs it") }
        if kind == .webhook, secret == nil { throw reader.error("secret", "the key is missing: a webhook's messages are signed") }
        if kind != .pagerduty, url == nil { throw reader.error("url", "the key is missing") }
    }
}
