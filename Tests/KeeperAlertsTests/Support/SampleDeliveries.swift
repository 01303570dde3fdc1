import EthPrimitives
import KeeperCore

@testable import KeeperAlerts

/// Deliveries that payloads are made of: of each change, and with texts that want to be more than text.
enum SampleDeliveries {
    /// Unix seconds of the try: 2026-01-29 15:30:02Z.
    static let now: UInt64 = 1_769_700_602

    static let all: [(name: String, delivery: AlertDelivery)] = [
        ("opened", AlertDelivery(id: "mkz2hq-17.mkz2hq.23", late(.opened, .page))),
        ("escalated", AlertDelivery(id: "mkz2hq-17.mkz2hq.24", late(.escalated, .critical), previous: .page)),
        ("resolved", AlertDelivery(id: "mkz2hq-17.mkz2hq.25", late(.resolved, .critical), previous: .critical)),
        ("retracted", AlertDelivery(id: "mkz2hq-18.mkz2hq.26", retracted, previous: .page)),
        ("notify", AlertDelivery(id: "mkz2hq-19.mkz2hq.27", node)),
        ("hostile", AlertDelivery(id: "mkz2hq-20.mkz2hq.28", hostile)),
    ]

    private static func late(_ change: AlertNotice.Change, _ severity: Alert.Severity) -> AlertNotice {
        AlertNotice(
            change: change, key: "task/1/PIP_ETH+PIP_SKY/late", incident: "mkz2hq-17", sequence: 17, kind: .late,
            subject: "PIP_ETH+PIP_SKY", severity: severity,
            summary: "PIP_ETH, PIP_SKY: due since 2026-01-29T15:00:00Z and not done; besides: fee-cap, stuck-transaction",
            details: [
                "fee-cap: the base fee 91.5 gwei is above the cap 60 gwei",
                "stuck-transaction: nonce 14233 waits to be mined since 2026-01-29T15:00:11Z",
            ],
            runbook: "https://example.org/runbooks/late.md", since: 1_769_698_800, at: 1_769_700_600, keeper: "poker-mainnet",
            labels: [.init("chain", "1"), .init("task", "PIP_ETH+PIP_SKY")])
    }

    private static let retracted = AlertNotice(
        change: .retracted, key: "task/1/PIP_ETH/no-price", incident: "mkz2hq-18", sequence: 19, kind: .noPrice,
        subject: "PIP_ETH",
        severity: .page, summary: "PIP_ETH holds no valid price", details: [], runbook: "Documentation/runbooks/no-price.md",
        since: 1_769_700_540, at: 1_769_700_600, keeper: "poker-mainnet", labels: [.init("chain", "1"), .init("task", "PIP_ETH")])

    private static let node = AlertNotice(
        change: .opened, key: "nodes/1/hosted+own/node-down/hosted", incident: "mkz2hq-19", sequence: 20, kind: .nodeDown,
        subject: "hosted", severity: .notify, summary: "the node hosted is not asked: 12 blocks behind", details: [],
        runbook: "Documentation/runbooks/node-down.md", since: 1_769_700_000, at: 1_769_700_600, keeper: "poker-mainnet",
        labels: [.init("chain", "1"), .init("nodes", "hosted+own"), .init("subject", "hosted")])

    /// As long as the book lets texts be.
    private static let hostile = AlertNotice(
        change: .opened, key: "keeper/<!channel>/store-fails", incident: "mkz2hq-20", sequence: 21, kind: .storeFails,
        subject: "",
        severity: .page,
        summary: AlertText.line(
            "<!channel> @everyone <@U1> *bold* _it_ `code` [link](http://x) \"quoted\" \\ a&b\u{7}\n"
                + String(repeating: "&𝕏", count: 400), AlertEntry.longestText),
        details: (0..<AlertEntry.mostLines).map {
            AlertText.line("\($0) " + String(repeating: "<&>", count: 200), AlertEntry.longestLine)
        },
        runbook: "https://example.org/run|books/<a>&b/store-fails.md", since: 1_769_700_600, at: 1_769_700_480,
        keeper: "<!channel>", labels: [.init("keeper", "<!channel>")])

    /// A receiver of each service, with secrets that no payload but PagerDuty's holds.
    static let sinks: [AlertSink] = [
        AlertSink(name: "pagerduty", minimum: .info, .pagerDuty(routingKey: SecretText("0123456789abcdef0123456789abcdef"))),
        AlertSink(name: "discord", minimum: .info, .discord(url: SecretText("https://discord.example/api/webhooks/1/SECRET"))),
        AlertSink(name: "slack", minimum: .info, .slack(url: SecretText("https://hooks.slack.example/services/T/B/SECRET"))),
        AlertSink(
            name: "webhook", minimum: .info,
            .webhook(url: SecretText("https://ops.example/alerts/SECRET"), key: SecretText("a shared SECRET"))),
        AlertSink(
            name: "alertmanager", minimum: .info,
            .alertmanager(url: SecretText("https://am.example/SECRET"), authorization: SecretText("Bearer SECRET"))),
    ]
}
