import KeeperCore

/// All that concerns one receiver: what it was told, or will be as soon as it takes it, and what waits.
///
/// Per incident it is told in order: that it opened, that it matters more, that it is over. Other incidents may overtake one that it
/// refuses. What nobody tried to tell yet is told as it stands by then: a rise is put into the opening before it, and an incident that
/// is over before anybody tried to tell of it is not told of at all.
struct AlertLane: Codable, Sendable, Hashable {
    /// An incident that the receiver knows of, or will.
    struct Told: Codable, Sendable, Hashable {
        /// As it was told last.
        var notice: AlertNotice
        /// Unix milliseconds at which it was last delivered; `nil` while it waits.
        var delivered: UInt64?
    }

    /// The oldest first.
    var waiting: [AlertDelivery] = []
    /// By key.
    var told: [String: Told] = [:]
    /// Attempts in a row that came to nothing.
    var failures = 0
    /// Unix milliseconds since when nothing was delivered though it was tried; `nil` while deliveries succeed.
    var failing: UInt64?
    /// Why, as last seen.
    var reason = ""
    /// Nothing is tried before this, unix milliseconds.
    var notBefore: UInt64 = 0

    /// Most deliveries that wait; beyond, whole incidents are dropped, those that are over first, the oldest first.
    static let mostWaiting = 1024

    /// Takes up what changed.
    /// - Parameter id: makes the identity of a new delivery.
    /// - Returns: deliveries that were dropped, since too many wait.
    mutating func take(_ notice: AlertNotice, minimum: Alert.Severity, id: () -> String) -> Int {
        let known = told[notice.key].flatMap { $0.notice.incident == notice.incident ? $0 : nil }
        if notice.change.isEnd {
            guard let known else { return 0 }
            told[notice.key] = nil
            return end(notice, known, id)
        }
        guard let known else {
            guard notice.severity >= minimum else { return 0 }
            var opening = notice
            opening.change = .opened
            told[notice.key] = Told(notice: opening)
            waiting.append(AlertDelivery(id: id(), opening))
            return trim()
        }
        guard notice.severity > known.notice.severity else { return 0 }
        return rise(notice, known, id)
    }

    private mutating func rise(_ notice: AlertNotice, _ known: Told, _ id: () -> String) -> Int {
        var risen = notice
        risen.change = .escalated
        told[notice.key] = Told(notice: risen, delivered: known.delivered)
        if let index = waiting.lastIndex(where: { $0.notice.incident == notice.incident && $0.attempts == 0 }) {
            risen.change = waiting[index].notice.change
            waiting[index].notice = risen
            return 0
        }
        waiting.append(AlertDelivery(id: id(), risen, previous: known.notice.severity))
        return trim()
    }

    private mutating func end(_ notice: AlertNotice, _ known: Told, _ id: () -> String) -> Int {
        let untried = waiting.filter { $0.notice.incident == notice.incident && $0.attempts == 0 }
        waiting.removeAll { $0.notice.incident == notice.incident && $0.attempts == 0 }
        // Nobody tried to tell of it: there is nothing to take back.
        if untried.contains(where: { $0.notice.change == .opened }) { return 0 }
        // What the receiver knows, or may: not a rise that was never tried.
        let previous = untried.first?.previous ?? known.notice.severity
        waiting.append(AlertDelivery(id: id(), notice, previous: previous))
        return trim()
    }

    private mutating func trim() -> Int {
        let before = waiting.count
        while waiting.count > Self.mostWaiting {
            let open = Set(told.values.map(\.notice.incident))
            let victim = waiting.first { !open.contains($0.notice.incident) } ?? waiting.first
            guard let incident = victim?.notice.incident else { break }
            waiting.removeAll { $0.notice.incident == incident }
        }
        return max(0, before - waiting.count)
    }

    // MARK: - Delivering

    /// What may be tried now: the first that does not wait for an earlier one of its key.
    func due(_ now: UInt64) -> Int? {
        guard notBefore <= now else { return nil }
        var earlier: Set<String> = []
        for (index, delivery) in waiting.enumerated() {
            guard earlier.insert(delivery.notice.key).inserted else { continue }
            if delivery.notBefore <= now { return index }
        }
        return nil
    }

    /// Unix milliseconds at which something may be tried; `nil` while nothing waits.
    func next(_ now: UInt64) -> UInt64? {
        var earlier: Set<String> = []
        let times = waiting.filter { earlier.insert($0.notice.key).inserted }.map { soon($0.notBefore, now) }
        return times.min().map { max($0, soon(notBefore, now)) }
    }

    /// What was set by a clock that went back since is never further away than any wait can be.
    mutating func clamp(_ now: UInt64) {
        notBefore = soon(notBefore, now)
        for index in waiting.indices { waiting[index].notBefore = soon(waiting[index].notBefore, now) }
    }

    func soon(_ time: UInt64, _ now: UInt64) -> UInt64 { min(time, now + AlertBackoff.longestWish) }

    /// Incidents that the receiver knows of and that nothing waits for: by key, with the time at which they were last delivered.
    var known: [String: UInt64] {
        let busy = Set(waiting.map(\.notice.key))
        return told.filter { !busy.contains($0.key) }.compactMapValues(\.delivered)
    }

    /// A delivery came to an end.
    mutating func finish(_ id: String, _ answer: AlertAnswer, _ now: UInt64, _ backoff: AlertBackoff, random: Double) {
        let index = waiting.firstIndex { $0.id == id }
        if let index, answer != .delivered { waiting[index].failing = min(waiting[index].failing ?? now, now) }
        if case .delivered = answer, let index {
            let notice = waiting.remove(at: index).notice
            if told[notice.key]?.notice.incident == notice.incident { told[notice.key]?.delivered = now }
        }
        if case .refused(let reason) = answer, let index {
            (self.reason, waiting[index].notBefore) = (reason, now + backoff.slow(random: random))
            (failures, failing, notBefore) = (0, nil, 0)
        } else {
            conclude(answer, now, backoff, random: random)
        }
    }

    /// What an answer means for all deliveries of this receiver.
    mutating func conclude(_ answer: AlertAnswer, _ now: UInt64, _ backoff: AlertBackoff, random: Double) {
        switch answer {
        case .delivered: (failures, failing, notBefore) = (0, nil, 0)
        case .failed(let reason, let wish):
            failures += 1
            (self.reason, failing) = (reason, min(failing ?? now, now))
            let wished = min(AlertBackoff.longestWish, (wish ?? .zero).unixMilliseconds)
            notBefore = now + max(wished, backoff.delay(failures: failures, random: random))
        case .refused(let reason), .barred(let reason):
            failures += 1
            (self.reason, failing) = (reason, min(failing ?? now, now))
            notBefore = now + backoff.slow(random: random)
        }
    }

    /// Unix milliseconds since when something is not taken; `nil` while all is.
    var stuck: UInt64? { (waiting.compactMap(\.failing) + [failing].compactMap { $0 }).min() }
}
