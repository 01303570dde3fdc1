import KeeperCore
import KeeperTransactions

/// What is wrong with a keeper, as a pure function of how it stands and of what was remembered.
public struct AlertRules: Sendable {
    let settings: AlertSettings

    public init(_ settings: AlertSettings) { self.settings = settings }

    /// Seconds after which something that happened and that no work ends is told of no longer.
    static let longestHappening: UInt64 = 86_400
    /// Seconds for which a deep reorganisation is told of.
    static let longestReorganisation: UInt64 = 3600

    /// Reads a sample. What depends on the chain is not looked at while nothing is known of it.
    /// - Parameter memory: what the reading before left; the same sample twice leaves the same.
    public func read(_ sample: KeeperSample, _ memory: inout AlertMemory) -> AlertReading {
        let head = sample.head.map { AlertEvidence(number: $0.number, hash: $0.hash) }
        let isBlind = sample.blindSince != nil || head == nil
        var reading = AlertReading(now: sample.now, head: head, isBlind: isBlind)
        remember(sample, &memory, &reading)
        readProcess(sample, &reading)
        if !isBlind {
            readTold(sample, &reading)
            readAccount(sample, &memory, &reading)
            readNodes(sample, &reading)
            readHappenings(sample, &memory, &reading)
            // Last: lateness names what else is wrong.
            readWork(sample, &memory, &reading)
        }
        return reading
    }

    // MARK: - The process and what surrounds it

    /// What can be said without the chain.
    private func readProcess(_ sample: KeeperSample, _ reading: inout AlertReading) {
        if let since = sample.blindSince {
            let causes = sample.nodes.compactMap { node in node.problem.map { "\(node.label): \($0)" } }
            reading.add(
                AlertCondition(
                    .nodesUnusable, "no node gives answers that can be used since \(UTC.instant(since))", details: causes,
                    since: since))
        }
        if let pause = sample.pause {
            let text = "an operator paused the keeper at \(UTC.instant(pause.since)); it ends at \(UTC.instant(pause.until))"
            reading.add(AlertCondition(.paused, text, since: pause.since))
        }
        for trouble in sample.troubles {
            let kind: AlertKind
            switch trouble.kind {
            case .store: kind = .storeFails
            case .signer: kind = .signerFails
            case .records: kind = .recordsBroken
            case .account, .wallet, .feeCap, .chainUndone: continue
            }
            reading.add(AlertCondition(kind, trouble.text, since: trouble.since))
        }
    }

    private func readNodes(_ sample: KeeperSample, _ reading: inout AlertReading) {
        for node in sample.nodes {
            guard let problem = node.problem else { continue }
            reading.add(AlertCondition(.nodeDown, subject: node.label, "the node \(node.label) is not fit: \(problem)"))
        }
    }

    // MARK: - What the keeper tells

    /// The keeper's own words: `KEEPER/SUBJECT/KIND`, or `KEEPER/KIND`.
    private func readTold(_ sample: KeeperSample, _ reading: inout AlertReading) {
        for alert in sample.told {
            let rest =
                alert.key.hasPrefix(settings.keeper + "/") ? alert.key.dropFirst(settings.keeper.count + 1) : alert.key[...]
            var parts = rest.split(separator: "/")
            guard let name = parts.popLast(), let kind = AlertKind(rawValue: String(name)) else {
                reading.unknown.append(alert.key)
                continue
            }
            reading.add(
                AlertCondition(kind, subject: parts.joined(separator: "/"), alert.text, evidence: reading.head))
        }
        // An oracle that governance emptied is stopped too: one cause.
        let empty = Set(reading.conditions.filter { $0.kind == .noPrice }.map(\.subject))
        reading.conditions.removeAll { $0.kind == .oracleStopped && empty.contains($0.subject) }
    }
}
