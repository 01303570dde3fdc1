public import EthPrimitives
import KeeperCore

/// What people were told, and what they may have to be told: a value that goes from sample to sample and across restarts.
///
/// Each incident opens once, its severity only rises, and it ends once: resolved when it was absent for as long as its policy says, or
/// retracted at once when the block in which it was seen left the chain. What was never told ends without a word. The same reading
/// twice changes nothing, and a clock that goes back delays things, never repeats them.
public struct AlertBook: Codable, Sendable, Hashable {
    /// By their keys.
    private(set) var entries: [String: AlertEntry] = [:]
    /// Of the newest notice.
    public private(set) var sequence: UInt64 = 0
    /// The process, or the book: incidents of a book that was lost, or not saved, and of the next are told apart by it.
    private var origin = "0"
    /// Unix seconds since when the chain is seen again; `nil` while it is not.
    private var sight: UInt64?
    /// Unix seconds of the newest reading, whole minutes, so that a quiet book need not be written at each head.
    private var read: UInt64 = 0

    /// Most things that are watched at once; more of them are not taken up before others end. Tasks, nodes and kinds are few.
    static let mostEntries = 256
    /// Seconds for which nothing that grows with time is raised after the chain was not seen: what waited is done in the first blocks.
    static let grace: UInt64 = 120
    /// Seconds without a reading that count as not having seen the chain: the process was not there.
    static let longestGap: UInt64 = 360

    public init() {}

    /// New incidents belong to a process from now on.
    /// - Parameter origin: what no process before it had.
    public mutating func begin(_ origin: String) { self.origin = origin }

    /// Judges a reading.
    /// - Returns: what to tell, in this order.
    public mutating func take(_ reading: AlertReading, _ settings: AlertSettings) -> [AlertNotice] {
        let now = reading.now
        look(reading)
        abandon(reading.abandoned)
        var present: [String: AlertCondition] = [:]
        for condition in reading.conditions {
            let policy = AlertPolicy.of(condition.kind, settings)
            present[policy.scope.key(condition.kind, condition.subject, settings)] = condition
        }
        var notices: [AlertNotice] = []
        // What yields comes last: it asks what else is told.
        let keys = Set(present.keys).union(entries.keys).sorted { (yields($0, present), $0) < (yields($1, present), $1) }
        for key in keys {
            var entry = entries[key]
            guard let kind = present[key]?.kind ?? entry?.kind else { continue }
            let policy = AlertPolicy.of(kind, settings)
            if policy.needsChain, reading.isBlind { continue }
            entry?.clamp(now)
            if let condition = present[key] {
                guard entry != nil || entries.count < Self.mostEntries else { continue }
                var known = entry ?? AlertEntry(condition, now: now)
                known.update(condition)
                entry = known
            }
            let change = judge(&entry, policy, isPresent: present[key] != nil, present[key]?.floor, reading, settings)
            if let change, let told = entry {
                sequence += 1
                notices.append(notice(change, key, told, policy, now, settings))
            }
            entries[key] = change?.isEnd == true ? nil : entry
        }
        return notices
    }

    /// Blocks left the chain: what was seen in them is retracted by the next reading in which it is not so any more.
    public mutating func abandon(_ hashes: Set<BlockHash>) {
        guard !hashes.isEmpty else { return }
        for (key, entry) in entries {
            if let evidence = entry.evidence, hashes.contains(evidence.hash) { entries[key]?.isUndone = true }
        }
    }

    /// The incidents that people know of, by key, as they stand.
    public func open(_ settings: AlertSettings) -> [AlertNotice] {
        entries.filter { $0.value.told != nil }.sorted { $0.key < $1.key }.map { key, entry in
            notice(.opened, key, entry, AlertPolicy.of(entry.kind, settings), entry.seen, settings)
        }
    }

    // MARK: - Judging

    /// Whether the chain is seen, and since when.
    private mutating func look(_ reading: AlertReading) {
        let now = reading.now
        if reading.isBlind {
            sight = nil
        } else if let since = sight, now < read + Self.longestGap {
            sight = min(since, now)
        } else {
            sight = now
        }
        read = now - now % 60
    }

    private func yields(_ key: String, _ present: [String: AlertCondition]) -> Int {
        (present[key]?.kind ?? entries[key]?.kind) == .late ? 1 : 0
    }

    /// What becomes of an entry: `nil` entry for what is forgotten, and the change that people are told of.
    private func judge(
        _ entry: inout AlertEntry?, _ policy: AlertPolicy, isPresent: Bool, _ floor: Alert.Severity?, _ reading: AlertReading,
        _ settings: AlertSettings
    ) -> AlertNotice.Change? {
        guard var known = entry else { return nil }
        defer { if entry != nil { entry = known } }
        let now = reading.now
        let age = now > known.since ? now - known.since : 0
        let level = isPresent ? policy.severity(age: age, floor: floor) : nil
        guard let level else {
            // Younger than its ladder: it may become something. An incident that began anew within its kind counts as absent.
            guard known.told != nil else {
                if !isPresent { entry = nil }
                return nil
            }
            if known.isUndone, !isPresent { return .retracted }
            let absent = known.absent ?? now
            known.absent = absent
            return now - absent >= policy.settles ? .resolved : nil
        }
        known.absent = nil
        if policy.needsChain, policy.isByClock, let sight, now < sight + Self.grace { return nil }
        let bearable = policy.yields && level == .page && wakes(settings) ? .urgent : level
        guard let told = known.told else {
            guard !policy.isConfirmed || isConfirmed(known, reading, settings) else { return nil }
            known.told = bearable
            known.incident = "\(origin)-\(sequence + 1)"
            return .opened
        }
        guard bearable > told else { return nil }
        known.told = bearable
        return .escalated
    }

    /// Whether something wakes people already that keeps all work from being done.
    private func wakes(_ settings: AlertSettings) -> Bool {
        entries.values.contains { ($0.told ?? .info) >= .page && ($0.stopsWork || AlertPolicy.of($0.kind, settings).stopsWork) }
    }

    /// Enough blocks stand on the one in which it was seen, or it was so for as long.
    private func isConfirmed(_ entry: AlertEntry, _ reading: AlertReading, _ settings: AlertSettings) -> Bool {
        if let evidence = entry.evidence, let head = reading.head, head.number >= evidence.number,
            head.number - evidence.number >= settings.confirmations
        {
            return true
        }
        return reading.now - entry.seen >= settings.confirmations * settings.blockTime
    }

    private func notice(
        _ change: AlertNotice.Change, _ key: String, _ entry: AlertEntry, _ policy: AlertPolicy, _ now: UInt64,
        _ settings: AlertSettings
    ) -> AlertNotice {
        AlertNotice(
            change: change, key: key, incident: entry.incident ?? "", sequence: sequence, kind: entry.kind,
            subject: entry.subject,
            severity: entry.told ?? .info, summary: entry.text, details: entry.details, runbook: settings.runbook(entry.kind),
            since: entry.since, at: now, keeper: settings.keeper,
            labels: policy.scope.identity(entry.subject, settings).map { AlertNotice.Label($0.name, $0.value) })
    }
}
