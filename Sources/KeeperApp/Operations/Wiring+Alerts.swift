import EthPrimitives
import EthRPC
import EthTransports
import KeeperAlerts
import KeeperCore
import KeeperStore
import KeeperTransactions
import Logging

extension Wiring {
    /// Where alerts of this keeper are kept and sent from.
    /// - Throws: `ConfigError`, `StoreError`.
    func desk(
        of account: Address, _ sinks: Rotating<[AlertSink]>, in store: SQLiteStore, _ logger: Logger
    ) throws -> AlertDesk {
        // A slash: no keeper has such a name.
        let memory = "\(common.name)/alerts"
        let time = environment.time
        return AlertDesk(
            alertSettings(of: account), sinks: sinks.current().value, poster: environment.poster,
            state: try store.memory(of: memory),
            clock: { .milliseconds(Int64(clamping: time.now())) },
            save: { try store.setMemory($0, of: memory) }, notify: { Self.tell($0, logger) })
    }

    /// The receivers of alerts, their secrets read again when their files change.
    /// - Parameter tell: hears what happens to the files.
    /// - Throws: `ConfigError`.
    func sinks(
        clock: RPCClock = .continuous, tell: @escaping @Sendable (RotationNotice) -> Void
    ) throws(ConfigError) -> Rotating<[AlertSink]> {
        let configured = common.alerts.sinks
        let files = configured.flatMap { [$0.url, $0.secret] }.compactMap(RotatingFile.init)
        return try Rotating(files, clock: clock, tell: tell) { _ throws(ConfigError) in
            var sinks: [AlertSink] = []
            for sink in configured { sinks.append(try sink.sink()) }
            return sinks
        }
    }

    private func alertSettings(of account: Address) -> AlertSettings {
        var settings = AlertSettings(
            keeper: common.name, chain: common.chainID, account: account, nodes: common.nodes.endpoints.map(\.name))
        settings.late = common.alerts.late
        settings.runwayBelow = common.alerts.runwayBelow
        if let runbooks = common.alerts.runbooks { settings.runbooks = runbooks }
        settings.blockTime = common.slots?.length ?? settings.blockTime
        settings.finality = Int(clamping: common.policy.confirmations)
        return settings
    }

    private static func tell(_ news: AlertNews, _ logger: Logger) {
        switch news {
        case .told: logger.notice("\(news)")
        case .delivered: logger.debug("\(news)")
        case .saved: logger.info("\(news)")
        case .undelivered, .unknown, .begunAnew: logger.warning("\(news)")
        case .dropped, .unsaved: logger.error("\(news)")
        }
    }
}

extension SinkConfiguration {
    /// The receiver, with its secrets read.
    fileprivate func sink() throws(ConfigError) -> AlertSink {
        AlertSink(name: name, minimum: minimum, try service())
    }

    private func service() throws(ConfigError) -> AlertSink.Service {
        let address = try url.map { reference throws(ConfigError) in try Self.address(reference) }
        let secret = try secret.map { reference throws(ConfigError) in try Self.secret(reference) }
        switch kind {
        case .pagerduty: return .pagerDuty(routingKey: secret ?? SecretText(""), url: address ?? AlertSink.pagerDutyURL)
        case .discord: return .discord(url: address ?? SecretText(""))
        case .slack: return .slack(url: address ?? SecretText(""))
        case .webhook: return .webhook(url: address ?? SecretText(""), key: secret)
        case .alertmanager:
            return .alertmanager(
                url: address ?? SecretText(""), authorization: secret.map { SecretText("Bearer " + $0.reveal()) })
        }
    }

    /// Checks what stands in the configuration itself: what files and variables hold is read when it is needed.
    func checkWritten() throws(ConfigError) {
        if let url, url.isWritten { _ = try Self.address(url) }
        if let secret, secret.isWritten { _ = try Self.secret(secret) }
    }

    private static func address(_ reference: ConfigReference) throws(ConfigError) -> SecretText {
        let url = try reference.read()
        do { try PlainHTTPClient.check(url) } catch {
            throw ConfigError(reference.key, origin: reference.origin, "expected an https:// or http:// URL")
        }
        return url
    }

    /// A key or a token: it goes into headers and bodies as it is.
    private static func secret(_ reference: ConfigReference) throws(ConfigError) -> SecretText {
        let secret = try reference.read()
        let text = secret.reveal()
        guard !text.isEmpty, text.unicodeScalars.allSatisfy({ $0.value > 0x1F && $0.value != 0x7F }) else {
            throw ConfigError(reference.key, origin: reference.origin, "expected text without control characters, not empty")
        }
        return secret
    }
}
