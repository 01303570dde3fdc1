import KeeperAlerts
import KeeperCore
import Testing

@Suite("Policies of alerts")
struct AlertPolicyTests {
    @Test("the ladder of each kind rises", arguments: AlertKind.allCases)
    func ladder(_ kind: AlertKind) {
        let policy = AlertPolicy.of(kind, Scene.settings)
        #expect(!policy.ladder.isEmpty)
        for (low, high) in zip(policy.ladder, policy.ladder.dropFirst()) {
            #expect(low.after < high.after && low.severity < high.severity, "\(kind)")
        }
    }

    /// Ages in seconds at which a kind has each severity: the table as people may rely on it.
    static let table: [(AlertKind, [(UInt64, Alert.Severity?)])] = [
        (.late, [(299, nil), (300, .notify), (600, .urgent), (1799, .urgent), (1800, .page), (3600, .critical)]),
        (.effectMissing, [(0, .urgent), (86_400, .urgent)]),
        (.sourceInvalid, [(119, nil), (120, .notify), (600, .urgent), (3600, .page), (86_400, .page)]),
        (.noPrice, [(0, .page), (86_400, .page)]),
        (.oracleStopped, [(0, .urgent), (86_400, .urgent)]),
        (.simulationDiffers, [(0, .urgent), (86_400, .urgent)]),
        (.feeCap, [(299, nil), (300, .notify), (1800, .urgent), (86_400, .urgent)]),
        (.stuckTransaction, [(299, nil), (300, .notify), (900, .urgent), (86_400, .urgent)]),
        (.runway, [(0, .urgent), (86_400, .urgent)]),
        (.foreignTransaction, [(0, .urgent), (86_400, .urgent)]),
        (.accountUnknown, [(299, nil), (300, .notify), (900, .urgent), (86_400, .urgent)]),
        (.backupActed, [(0, .urgent), (86_400, .urgent)]),
        (.paused, [(86_399, nil), (86_400, .notify), (864_000, .notify)]),
        (.nodesUnusable, [(59, nil), (60, .notify), (120, .urgent), (299, .urgent), (300, .page), (86_400, .page)]),
        (.nodeDown, [(299, nil), (300, .notify), (864_000, .notify)]),
        (.nodesDisagree, [(59, nil), (60, .notify), (300, .urgent), (86_400, .urgent)]),
        (.deepReorganisation, [(0, .urgent), (86_400, .urgent)]),
        (.chainUndone, [(0, .page)]),
        (.signerFails, [(119, nil), (120, .urgent), (599, .urgent), (600, .page)]),
        (.storeFails, [(119, nil), (120, .page)]),
        (.recordsBroken, [(0, .page)]),
        (.sinkFails, [(0, .urgent)]),
        (.keeperDown, [(0, .page)]),
    ]

    @Test("each kind is as loud as its age says", arguments: table)
    func severities(_ kind: AlertKind, _ ages: [(UInt64, Alert.Severity?)]) {
        let policy = AlertPolicy.of(kind, Scene.settings)
        for (age, severity) in ages { #expect(policy.severity(age: age, floor: nil) == severity, "\(kind) at \(age)") }
    }

    @Test("the table of this suite has each kind")
    func complete() { #expect(Self.table.map(\.0) == AlertKind.allCases) }

    @Test("only lateness wakes everybody, and a dozen kinds never wake anybody by age alone")
    func loudest() {
        let tops = AlertKind.allCases.map { ($0, AlertPolicy.of($0, Scene.settings).ladder.last?.severity ?? .info) }
        #expect(tops.filter { $0.1 == .critical }.map(\.0) == [.late])
        #expect(
            tops.filter { $0.1 == .page }.map(\.0) == [
                .sourceInvalid, .noPrice, .nodesUnusable, .chainUndone, .signerFails, .storeFails, .recordsBroken, .keeperDown,
            ])
    }

    @Test("a floor lifts what is on the ladder, not what is before it")
    func floor() {
        let policy = AlertPolicy.of(.feeCap, Scene.settings)
        #expect(policy.severity(age: 299, floor: .page) == nil)
        #expect(policy.severity(age: 300, floor: .page) == .page)
        #expect(policy.severity(age: 1800, floor: .info) == .urgent)
    }

    @Test("lateness follows what is configured")
    func late() {
        var settings = Scene.settings
        settings.late = .init(notify: 60, urgent: 90, page: 120, critical: 150)
        let policy = AlertPolicy.of(.late, settings)
        #expect(policy.ladder.map(\.after) == [60, 90, 120, 150])
    }

    @Test("what is judged without the chain is what the process itself knows")
    func withoutChain() {
        let kinds = AlertKind.allCases.filter { !AlertPolicy.of($0, Scene.settings).needsChain }
        #expect(kinds == [.paused, .nodesUnusable, .signerFails, .storeFails, .recordsBroken, .sinkFails, .keeperDown])
    }

    @Test("runbooks are below what is configured, with or without a slash")
    func runbooks() {
        var settings = Scene.settings
        #expect(settings.runbook(.feeCap) == "Documentation/runbooks/fee-cap.md")
        settings.runbooks = "https://example.org/runbooks/"
        #expect(settings.runbook(.late) == "https://example.org/runbooks/late.md")
    }
}
