public import EthPrimitives
import KeeperCore
import Synchronization

/// Where alerts are kept and sent from: the shell around rules, book and outbox. It has no thread and no timer: whoever owns it hands it
/// samples, and calls `deliverDue` whenever `nextDelivery` has come.
///
/// The state is saved before anything is posted and after each success, so that a restart tells nothing twice and forgets nothing. If it
/// cannot be saved, alerts go out all the same, since one of them may be that the disk is full; what is told between the last state
/// that was saved and a crash may then be told again.
public final class AlertDesk: Sendable {
    private struct Core {
        var state = AlertState()
        var sinks: [AlertSink]
        /// What was saved last; `nil` if that is not known.
        var saved: AlertState?
        /// Counts states that were handed to be saved.
        var number: UInt64 = 0
        var isUnsaved = false
        /// Receivers that something is being posted to.
        var busy: Set<String> = []
        var counts: [AlertCount: UInt64] = [:]
        /// Keys that were told of in the log.
        var unknown: Set<String> = []
    }

    private let core: Mutex<Core>
    private let settings: AlertSettings
    private let poster: any AlertPoster
    private let saver: AlertSaver
    private let clock: @Sendable () -> Duration
    private let random: @Sendable () -> Double
    private let notify: @Sendable (AlertNews) -> Void
    private let backoff: AlertBackoff
    private let boot: String

    /// For a post, all of it.
    public static let timeout = Duration.seconds(10)
    /// Most posts to one receiver in one call of `deliverDue`.
    static let mostPosts = 64

    /// - Parameters:
    ///   - sinks: with names of their own.
    ///   - state: what `save` was given last; `nil` at the very first start.
    ///   - clock: time since 1970, of the machine: deliveries wait by it. Alerts themselves live by the samples' time.
    ///   - random: from 0 up to, not including, 1.
    ///   - save: keeps the bytes durably; called one at a time. Neither it nor `notify` may call the desk.
    public init(
        _ settings: AlertSettings, sinks: [AlertSink], poster: any AlertPoster, state: [UInt8]?,
        clock: @escaping @Sendable () -> Duration, random: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        backoff: AlertBackoff = AlertBackoff(), save: @escaping @Sendable ([UInt8]) throws -> Void,
        notify: @escaping @Sendable (AlertNews) -> Void = { _ in }
    ) {
        (self.settings, self.poster, self.clock, self.random) = (settings, poster, clock, random)
        (self.notify, self.backoff, saver) = (notify, backoff, AlertSaver(save))
        // Two processes, even of keepers with the same name on two machines, never give out the same ids.
        boot = String(clock().unixMilliseconds, radix: 36) + String(Int(random() * 1_679_616) + 1_679_616, radix: 36).dropFirst()
        var core = Core(sinks: sinks)
        if let state {
            do {
                core.state = try AlertState(state)
                core.saved = core.state
            } catch {
                notify(.begunAnew("\(error)"))
            }
        }
        core.state.book.begin(boot)
        self.core = Mutex(core)
    }

    // MARK: - Samples

    /// Judges how the keeper stands. Only a full sample, and each event once, with the first sample after it.
    /// - Returns: what people are told because of it, whether or not there is a receiver for it.
    @discardableResult
    public func take(_ sample: KeeperSample) -> [AlertNotice] {
        let now = clock().unixMilliseconds
        let (notices, news) = core.withLock { core in
            var reading = AlertRules(settings).read(sample, &core.state.memory)
            for condition in core.state.router.failing(now) { reading.add(condition) }
            let notices = core.state.book.take(reading, settings)
            var news = notices.map(AlertNews.told)
            news += route(notices, &core)
            for key in reading.unknown where core.unknown.count < 100 && core.unknown.insert(key).inserted {
                news.append(.unknown(key: key))
            }
            return (notices, news)
        }
        news.forEach(notify)
        save()
        return notices
    }

    /// Blocks left the chain: what was seen in them is retracted with the next sample that does not show it any more. Not needed for
    /// reorganisations that come as events of samples.
    public func retract(_ abandoned: Set<BlockHash>) {
        core.withLock { $0.state.book.abandon(abandoned) }
        save()
    }

    /// Other receivers, or the same with other secrets. What waits for a name goes on waiting for it.
    public func use(_ sinks: [AlertSink]) {
        let news = core.withLock { core in
            core.sinks = sinks
            return route([], &core)
        }
        news.forEach(notify)
        save()
    }

    private func route(_ notices: [AlertNotice], _ core: inout Core) -> [AlertNews] {
        let routes = core.sinks.map { AlertRouter.Route($0.name, minimum: $0.minimum) }
        let dropped = core.state.router.take(notices, open: core.state.book.open(settings), to: routes, boot: boot)
        return dropped.sorted { $0.key < $1.key }.map { .dropped(sink: $0.key, count: $0.value) }
    }

    // MARK: - What there is

    /// Incidents that are open, by key, as they stand.
    public var open: [AlertNotice] { core.withLock { $0.state.book.open(settings) } }

    /// Deliveries that wait, by receiver.
    public var waiting: [String: Int] { core.withLock { $0.state.router.waiting } }

    /// Attempts since the process began, by receiver and result.
    public var counts: [AlertCount: UInt64] { core.withLock { $0.counts } }

    // MARK: - Delivering

    /// When `deliverDue` has something to do, by the clock; `nil` while nothing waits. It may have passed. New samples change it.
    public var nextDelivery: Duration? {
        let now = clock().unixMilliseconds
        return core.withLock { core in
            core.sinks.filter { !core.busy.contains($0.name) }
                .compactMap { core.state.router.next($0.name, now, every: $0.interval) }.min()
        }.map(Duration.init(unixMilliseconds:))
    }

    /// Posts what is due: one at a time to each receiver, to all receivers at once. It ends when nothing is due, or after the longest
    /// timeout; one that hangs holds up no other but in that call. It may be called again before it has ended.
    public func deliverDue() async {
        let names = core.withLock { $0.sinks.map(\.name) }
        await withDiscardingTaskGroup { group in
            for name in names { group.addTask { await self.deliver(to: name) } }
        }
    }

    private func deliver(to name: String) async {
        guard core.withLock({ $0.busy.insert(name).inserted }) else { return }
        defer { core.withLock { _ = $0.busy.remove(name) } }
        for _ in 0..<Self.mostPosts {
            let isDone = await deliverOne(to: name)
            if isDone { break }
        }
        await tellAgain(name)
    }

    /// - Returns: whether nothing more is due.
    private func deliverOne(to name: String) async -> Bool {
        let begun = core.withLock { core -> (AlertDelivery, AlertSink)? in
            guard let sink = core.sinks.first(where: { $0.name == name }),
                let delivery = core.state.router.begin(name, clock().unixMilliseconds)
            else { return nil }
            return (delivery, sink)
        }
        guard let (delivery, sink) = begun else { return true }
        // Counted as tried before it is: what the receiver may have is never taken for untold.
        save()
        let answer = await post(sink.request(for: delivery, at: clock().unixMilliseconds / 1000))
        let (now, chance) = (clock().unixMilliseconds, random())
        core.withLock { core in
            core.state.router.finish(name, delivery.id, answer, now, backoff, random: chance)
            core.counts[AlertCount(sink: name, result: answer.result), default: 0] += 1
        }
        if answer == .delivered { save() }
        notify(news(answer, name, delivery.id, delivery.attempts))
        return false
    }

    /// Tells a receiver that forgets of what is open.
    private func tellAgain(_ name: String) async {
        let begun = core.withLock { core -> AlertRequest? in
            let now = clock().unixMilliseconds
            guard let sink = core.sinks.first(where: { $0.name == name }), let interval = sink.interval else { return nil }
            let notices = core.state.router.refresh(name, now, every: interval)
            return notices.isEmpty ? nil : sink.request(again: notices, at: now / 1000)
        }
        guard let begun else { return }
        let answer = await post(begun)
        let (now, chance) = (clock().unixMilliseconds, random())
        core.withLock { core in
            core.state.router.conclude(name, answer, now, backoff, random: chance)
            core.counts[AlertCount(sink: name, result: answer.result), default: 0] += 1
        }
        if answer != .delivered { notify(news(answer, name, "of open incidents", 1)) }
    }

    private func post(_ request: AlertRequest) async -> AlertAnswer {
        do { return AlertAnswer(try await poster.post(request, timeout: Self.timeout)) } catch { return AlertAnswer(error) }
    }

    private func news(_ answer: AlertAnswer, _ sink: String, _ id: String, _ attempts: Int) -> AlertNews {
        switch answer {
        case .delivered: .delivered(sink: sink, id: id, attempts: attempts)
        case .failed(let reason, _), .refused(let reason), .barred(let reason):
            .undelivered(sink: sink, id: id, attempts: attempts, reason: reason)
        }
    }

    // MARK: - Saving

    /// Saves the state if it is another than was saved last.
    private func save() {
        do {
            let due = try core.withLock { core -> (bytes: [UInt8], number: UInt64)? in
                guard core.state != core.saved else { return nil }
                let bytes = try core.state.bytes()
                core.number += 1
                core.saved = core.state
                return (bytes, core.number)
            }
            guard let due else { return }
            try saver.save(due.bytes, number: due.number)
            let isMended = core.withLock { core in
                defer { core.isUnsaved = false }
                return core.isUnsaved
            }
            if isMended { notify(.saved) }
        } catch {
            let isNew = core.withLock { core in
                defer { (core.isUnsaved, core.saved) = (true, nil) }
                return !core.isUnsaved
            }
            if isNew { notify(.unsaved("\(error)")) }
        }
    }
}
