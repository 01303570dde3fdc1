public import KeeperCore

/// How a kind of alert is told: how much it matters as time goes by, when it is over, and who shares it. All that there is to tune is
/// in one table: `of`.
///
/// One cause wakes people once. What follows from something that wakes people already, such as lateness from a signer that fails, is
/// held back at `urgent` (`yields`), until the ladder says `critical`. What cannot be judged without nodes stays as it was while there
/// are none (`needsChain`).
public struct AlertPolicy: Sendable, Hashable {
    /// From an age on, in seconds, something has a severity.
    public struct Rung: Sendable, Hashable {
        public var after: UInt64
        public var severity: Alert.Severity

        public init(after: UInt64, _ severity: Alert.Severity) { (self.after, self.severity) = (after, severity) }
    }

    /// Ascending in age and in severity. Younger than the first rung, it is nothing yet.
    public var ladder: [Rung]
    /// Seconds for which it must be absent before it is resolved, so that what comes and goes is one incident.
    public var settles: UInt64
    public var scope: AlertScope
    /// Without nodes it is neither raised nor resolved.
    public var needsChain = true
    /// Something seen in a block, which a reorganisation may undo: told once it is confirmed. What has a ladder by the clock waits for that.
    public var isConfirmed = false
    /// No work is done while it lasts.
    public var stopsWork = false
    /// Held back at `urgent` while something that stops the work wakes people already.
    public var yields = false

    /// It is nothing at first, and grows with time.
    public var isByClock: Bool { (ladder.first?.after ?? 0) > 0 }

    /// How much it matters at an age; `nil` while it is nothing yet.
    /// - Parameter floor: at least that, once it is something.
    public func severity(age: UInt64, floor: Alert.Severity?) -> Alert.Severity? {
        guard let rung = ladder.last(where: { $0.after <= age }) else { return nil }
        return max(rung.severity, floor ?? rung.severity)
    }

    /// The table.
    public static func of(_ kind: AlertKind, _ settings: AlertSettings) -> AlertPolicy {
        let (minute, hour) = (60 as UInt64, 3600 as UInt64)
        switch kind {
        case .late:
            let late = settings.late
            return policy(
                .task, [(late.notify, .notify), (late.urgent, .urgent), (late.page, .page), (late.critical, .critical)],
                settles: minute
            ) { $0.yields = true }
        // Work fails and is tried again: it is lateness that pages.
        case .effectMissing: return policy(.account, [(0, .urgent)], settles: 0)
        // A source often misses a few blocks. The work cannot be late meanwhile, so this is what pages.
        case .sourceInvalid:
            return policy(.task, [(2 * minute, .notify), (10 * minute, .urgent), (hour, .page)], settles: 5 * minute) {
                $0.isConfirmed = true
            }
        case .noPrice: return policy(.task, [(0, .page)], settles: 2 * minute) { $0.isConfirmed = true }
        // Governance did it on purpose: nobody who runs keepers can change it.
        case .oracleStopped: return policy(.task, [(0, .urgent)], settles: 5 * minute) { $0.isConfirmed = true }
        // Work goes on with the larger limit; whoever runs nodes and keeper has to find out which of the two is wrong.
        case .simulationDiffers: return policy(.keeper, [(0, .urgent)], settles: 2 * hour)
        // Spikes pass. Work that waits too long for it is late, and lateness pages.
        case .feeCap: return policy(.keeper, [(5 * minute, .notify), (30 * minute, .urgent)], settles: 10 * minute)
        case .stuckTransaction: return policy(.account, [(5 * minute, .notify), (15 * minute, .urgent)], settles: minute)
        case .runway: return policy(.account, [(0, .urgent)], settles: 10 * minute) { $0.isConfirmed = true }
        case .foreignTransaction: return policy(.account, [(0, .urgent)], settles: 0) { $0.isConfirmed = true }
        case .accountUnknown:
            return policy(.account, [(5 * minute, .notify), (15 * minute, .urgent)], settles: minute)
        case .backupActed: return policy(.keeper, [(0, .urgent)], settles: 10 * minute)
        // An operator knows. A pause that was forgotten is told of.
        case .paused: return policy(.keeper, [(24 * hour, .notify)], settles: 0) { $0.needsChain = false }
        case .nodesUnusable:
            return policy(
                .nodes, [(minute, .notify), (2 * minute, .urgent), (5 * minute, .page)], settles: 2 * minute
            ) {
                $0.needsChain = false
                $0.stopsWork = true
            }
        case .nodeDown: return policy(.nodes, [(5 * minute, .notify)], settles: 10 * minute)
        case .nodesDisagree: return policy(.nodes, [(minute, .notify), (5 * minute, .urgent)], settles: 10 * minute)
        case .deepReorganisation: return policy(.nodes, [(0, .urgent)], settles: 0)
        case .chainUndone: return policy(.nodes, [(0, .page)], settles: 5 * minute) { $0.stopsWork = true }
        case .signerFails:
            return policy(.keeper, [(2 * minute, .urgent), (10 * minute, .page)], settles: 5 * minute) {
                $0.needsChain = false
                $0.stopsWork = true
            }
        case .storeFails:
            return policy(.keeper, [(2 * minute, .page)], settles: 5 * minute) {
                $0.needsChain = false
                $0.stopsWork = true
            }
        case .recordsBroken:
            return policy(.keeper, [(0, .page)], settles: minute) {
                $0.needsChain = false
                $0.stopsWork = true
            }
        // The outbox waits for fifteen minutes before it says so.
        case .sinkFails: return policy(.keeper, [(0, .urgent)], settles: 2 * minute) { $0.needsChain = false }
        // Told by whoever watches from outside, never by the keeper itself.
        case .keeperDown: return policy(.keeper, [(0, .page)], settles: minute) { $0.needsChain = false }
        }
    }

    private static func policy(
        _ scope: AlertScope, _ ladder: [(UInt64, Alert.Severity)], settles: UInt64, _ change: (inout Self) -> Void = { _ in }
    ) -> Self {
        var policy = Self(ladder: ladder.map { Rung(after: $0.0, $0.1) }, settles: settles, scope: scope)
        change(&policy)
        return policy
    }
}
