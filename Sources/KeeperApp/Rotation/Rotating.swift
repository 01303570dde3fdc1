import EthRPC
import Synchronization

/// What is made of files that the configuration names, made anew when one of them is another file.
///
/// Whoever rotates a secret replaces its file; nothing is restarted. A file that cannot be read for a moment, or makes no sense, changes
/// nothing: what was made last stays in use.
final class Rotating<Value: Sendable>: Sendable {
    private struct State {
        var value: Value
        /// Counts what was made.
        var number: UInt64 = 0
        var identities: [FileIdentity?]
        var lookedAt: Duration
        /// Whether somebody was told that the files as they are now cannot be used.
        var isBroken = false
    }

    /// How often files are looked at, at most.
    static var pause: Duration { .seconds(1) }

    private let files: [RotatingFile]
    private let now: @Sendable () -> Duration
    private let make: @Sendable (Value?) throws(ConfigError) -> Value
    private let tell: @Sendable (RotationNotice) -> Void
    private let state: Mutex<State>

    /// - Parameters:
    ///   - files: those that are looked at; of what is in no file nothing changes.
    ///   - clock: where the time between looks comes from.
    ///   - tell: hears what happens, and never a value.
    ///   - make: reads the files, and makes something of what is in them. It is given what it made before.
    /// - Throws: what `make` throws at the first time.
    init(
        _ files: [RotatingFile], clock: RPCClock = .continuous, tell: @escaping @Sendable (RotationNotice) -> Void,
        make: @escaping @Sendable (Value?) throws(ConfigError) -> Value
    ) throws(ConfigError) {
        self.files = files
        self.make = make
        self.tell = tell
        now = { clock.now }
        // What changes between the two is made again at the next look.
        let identities = files.map(\.identity)
        state = Mutex(State(value: try make(nil), identities: identities, lookedAt: clock.now))
    }

    /// What is made of the files, and its number.
    /// - Parameter isUrgent: looks at the files even if somebody did just now.
    func current(isUrgent: Bool = false) -> (value: Value, number: UInt64) {
        let (known, old): ([FileIdentity?]?, (Value, UInt64)) = state.withLock { state in
            let time = now()
            guard !files.isEmpty, isUrgent || time - state.lookedAt >= Self.pause else {
                return (nil, (state.value, state.number))
            }
            state.lookedAt = time
            return (state.identities, (state.value, state.number))
        }
        guard let known else { return old }
        let identities = files.map(\.identity)
        let changed = zip(files, zip(known, identities)).filter { $1.0 != $1.1 }.map(\.0)
        guard !changed.isEmpty else {
            state.withLock { $0.isBroken = false }
            return old
        }
        return remake(old, identities, changed)
    }

    /// - Returns: what is made of the files, or what there was.
    private func remake(
        _ old: (value: Value, number: UInt64), _ identities: [FileIdentity?], _ changed: [RotatingFile]
    ) -> (value: Value, number: UInt64) {
        let made: Result<Value, ConfigError>
        do throws(ConfigError) { made = .success(try make(old.value)) } catch { made = .failure(error) }
        // Somebody is writing: the next look sees what comes of it.
        guard files.map(\.identity) == identities else { return old }
        let (notice, current): (RotationNotice?, (Value, UInt64)) = state.withLock { state in
            // Somebody else was faster.
            guard state.number == old.number else { return (nil, (state.value, state.number)) }
            switch made {
            case .success(let value):
                state.value = value
                state.number += 1
                state.identities = identities
                state.isBroken = false
                return (.reread(changed.map(\.key)), (value, state.number))
            case .failure(let error):
                // A file that cannot be read has no identity, or one that the next reader may come to grips with: it is tried again.
                let notice = state.isBroken ? nil : RotationNotice.kept(error)
                state.isBroken = true
                return (notice, (state.value, state.number))
            }
        }
        if let notice { tell(notice) }
        return current
    }
}
