public import EthPrimitives
public import KeeperCore

/// A receiver of alerts. What each can be relied on for, when a delivery is repeated since its answer was lost:
///
/// | receiver | repeated delivery |
/// |---|---|
/// | PagerDuty | the same incident: `dedup_key` is the incident's key, shared by all keepers that tell of the same |
/// | webhook | recognised by `Idempotency-Key`, the same for each try of a delivery |
/// | Alertmanager | the same alert: its labels identify it |
/// | Discord, Slack | a second message with the same text: these services know no key. An answer that is lost is rare |
///
/// Of keepers that share an incident the first that sees it over ends it for all of them, at PagerDuty; one for which it goes on tells of it
/// again when it rises. An Alertmanager is told again every minute by each for which it goes on.
///
/// Discord and Slack tell of a rise and of the end in messages of their own, and each keeper tells for itself there: teams with many
/// keepers point them at PagerDuty or an Alertmanager, which knows who shares what.
public struct AlertSink: Sendable {
    public enum Service: Sendable {
        /// Events API v2. The key is of an "Events API v2" integration.
        case pagerDuty(routingKey: SecretText, url: SecretText = AlertSink.pagerDutyURL)
        /// A channel's webhook.
        case discord(url: SecretText)
        /// An app's incoming webhook.
        case slack(url: SecretText)
        /// Our own JSON, signed if there is a key: see `WebhookPayload`.
        case webhook(url: SecretText, key: SecretText?)
        /// Its root, to which `/api/v2/alerts` is added, and an `Authorization` header's value, such as `Bearer …`.
        case alertmanager(url: SecretText, authorization: SecretText? = nil)
    }

    /// Of the accounts in the United States; the European one is `events.eu.pagerduty.com`.
    public static let pagerDutyURL = SecretText("https://events.pagerduty.com/v2/enqueue")

    /// Shown in logs, metrics and the store.
    public var name: String
    /// It gets incidents from this severity on.
    public var minimum: Alert.Severity
    public var service: Service

    public init(name: String, minimum: Alert.Severity, _ service: Service) {
        (self.name, self.minimum, self.service) = (name, minimum, service)
    }

    /// After how many milliseconds open incidents are told again; `nil` where the receiver remembers them.
    var interval: UInt64? {
        if case .alertmanager = service { AlertmanagerPayload.interval * 1000 } else { nil }
    }

    /// The request for a delivery.
    /// - Parameter now: unix seconds.
    public func request(for delivery: AlertDelivery, at now: UInt64) -> AlertRequest {
        switch service {
        case .pagerDuty(let key, let url):
            AlertRequest(url: url, body: PagerDutyPayload.body(delivery, key: key))
        case .discord(let url): AlertRequest(url: url, body: DiscordPayload.body(delivery))
        case .slack(let url): AlertRequest(url: url, body: SlackPayload.body(delivery))
        case .webhook(let url, let key): WebhookPayload.request(delivery, url: url, key: key, at: now)
        case .alertmanager(let url, let authorization):
            AlertmanagerPayload.request(
                AlertmanagerPayload.alerts(delivery, at: now), url: url, authorization: authorization)
        }
    }

    /// The request that tells of open incidents again; `nil` where the receiver remembers them.
    func request(again notices: [AlertNotice], at now: UInt64) -> AlertRequest? {
        guard case .alertmanager(let url, let authorization) = service else { return nil }
        return AlertmanagerPayload.request(
            notices.map { AlertmanagerPayload.firing($0, at: now) }, url: url, authorization: authorization)
    }
}
