import EthPrimitives
import KeeperCore
import KeeperTransactions

/// What a request means, as the account stands.
enum RequestMeaning {
    /// There is nothing to be done.
    case answered(OperatorAnswer)
    /// An order for the machine; it is done when the records show it.
    case ordered(OperatorOrder, isDone: @Sendable (MachineState) -> Bool, answer: String)

    /// A pause is for hours or days, in seconds; a keeper that is not wanted any more is retired.
    static var longestPause: UInt64 { 30 * 86_400 }

    /// - Parameter now: unix seconds of the keeper's clock.
    init(_ request: OperatorRequest, _ state: MachineState, now: UInt64) {
        switch request {
        case .cancel(let name):
            guard let key = state.key(named: name) else { self = Self.unknown(name); return }
            self = .ordered(
                .cancel(key), isDone: { state in !state.isOpen(key) || state.isRecalled(key) },
                answer: "\(key) is taken back: what is in flight of it is cancelled, and whichever is mined first decides")
        case .bump(let name):
            guard let binding = state.binding(named: name) else { self = Self.unknown(name); return }
            let nonce = binding.nonce
            self = .ordered(
                .bump(nonce), isDone: { _ in true },
                answer: "nonce \(nonce) is replaced at the next head, as far as the caps admit")
        case .pause(let seconds): self = Self.pause(until: now + min(seconds, Self.longestPause + 1), now)
        case .pauseUntil(let time): self = Self.pause(until: time, now)
        case .resume:
            self = .ordered(.resume, isDone: { $0.pausedUntil == 0 }, answer: "resumed")
        case .adopt:
            guard !state.isAdopted else {
                self = .answered(OperatorAnswer(isAccepted: false, "the store knows the account already"))
                return
            }
            self = .ordered(.adopt, isDone: { $0.isAdopted }, answer: "nonces are given out from now on")
        }
    }

    private static func pause(until time: UInt64, _ now: UInt64) -> Self {
        guard time > now else {
            return .answered(OperatorAnswer(isAccepted: false, "\(UTC.instant(time)) is over: it is \(UTC.instant(now))"))
        }
        // Without this bound a time would do that means a retirement.
        guard time - now <= Self.longestPause else {
            let last = UTC.instant(now + Self.longestPause)
            return .answered(OperatorAnswer(isAccepted: false, "a pause is for 30 days at most: until \(last)"))
        }
        return .ordered(
            .pause(until: time), isDone: { $0.pausedUntil == time },
            answer: "nothing new is sent before \(UTC.instant(time)); what is in flight is looked after as ever")
    }

    private static func unknown(_ name: String) -> Self {
        .answered(OperatorAnswer(isAccepted: false, "nothing in flight is called \(name)"))
    }
}

extension MachineState {
    /// An intent without an outcome, by its id, its nonce, or the hash of one of its forms.
    fileprivate func key(named name: String) -> IntentKey? {
        binding(named: name)?.key ?? wanted.first { $0.key.description == name || $0.key.id.description == name }?.key
    }

    fileprivate func binding(named name: String) -> Binding? {
        bindings.first { binding in
            String(binding.nonce) == name || binding.key?.description == name || binding.key?.id.description == name
                || binding.forms.contains { $0.hash.description == name.lowercased() }
        }
    }

    fileprivate func isRecalled(_ key: IntentKey) -> Bool {
        wanted.contains { $0.key == key && $0.isRecalled } || bindings.contains { $0.key == key && $0.isRecalled }
    }
}
