public import EthPrimitives
import EthRPC

/// A secret that is read again when its file changes; one that is in no file stays what it is.
public struct RotatingSecret: Sendable {
    private let history: Rotating<[SecretText]>

    /// So many are remembered: what a server repeats is seldom older than a few rotations.
    private static let generations = 8

    /// - Parameter tell: hears what happens, and never a value.
    /// - Throws: `ConfigError` if it cannot be read now.
    init(
        _ reference: ConfigReference, clock: RPCClock = .continuous, tell: @escaping @Sendable (RotationNotice) -> Void
    ) throws(ConfigError) {
        let files = [RotatingFile(reference)].compactMap { $0 }
        history = try Rotating(files, clock: clock, tell: tell) { last throws(ConfigError) in
            let value = try reference.read()
            let former = (last ?? []).filter { $0.reveal() != value.reveal() }
            return Array(([value] + former).prefix(Self.generations))
        }
    }

    /// The secret as it is now.
    /// - Parameter isDoubted: whether somebody has refused it: then its file is looked at even if that was done just now.
    public func now(isDoubted: Bool = false) -> SecretText { history.current(isUrgent: isDoubted).value[0] }

    /// What must not be seen: the secret, and those before it.
    public var secrets: [SecretText] { history.current().value }
}
