import EthPrimitives
import KeeperAlerts
import KeeperCore
import KeeperTransactions
import Testing

/// What the rules read in a sample.
@Suite("Rules of alerts")
struct AlertRulesTests {
    private func read(
        _ memory: inout AlertMemory, at time: UInt64 = 0, _ change: (inout KeeperSample) -> Void
    ) -> [AlertCondition] {
        AlertRules(Scene.settings).read(Scene(time: time).sample(change), &memory).conditions
    }

    private func read(at time: UInt64 = 0, _ change: (inout KeeperSample) -> Void) -> [AlertCondition] {
        var memory = AlertMemory()
        return read(&memory, at: time, change)
    }

    @Test("nothing is wrong with a keeper that stands well")
    func well() { #expect(read { _ in }.isEmpty) }

    // MARK: - Work

    @Test("lateness counts from when work was due, and is one condition for all of it")
    func late() {
        let conditions = read(at: 900) { sample in
            sample.work[0].dueSince = Scene.start + 60
            sample.work[1].dueSince = Scene.start
        }
        #expect(conditions.map(\.kind) == [.late])
        #expect(conditions.first?.subject == "PIP_ETH+PIP_SKY")
        #expect(conditions.first?.since == Scene.start)
        #expect(conditions.first?.text == "PIP_ETH, PIP_SKY: due since 2026-01-29T15:00:00Z and not done")
    }

    @Test("what nobody can do is not late, and counts from when somebody could")
    func excused() {
        var memory = AlertMemory()
        #expect(read(&memory, at: 3600, Scene.due(0, excuse: "the source gives no value")).isEmpty)
        let conditions = read(&memory, at: 3612, Scene.due(0))
        #expect(conditions.map(\.since) == [Scene.start + 3600])
        // One of two.
        let mixed = read(at: 900) { sample in
            Scene.due(0)(&sample)
            sample.work[0].excuse = "stopped"
        }
        #expect(mixed.first?.text.hasPrefix("PIP_SKY: due since") == true)
    }

    @Test("work that was not done stays due when its next period begins, until it is done")
    func nextPeriod() {
        var memory = AlertMemory()
        _ = read(&memory, at: 3000, Scene.due(0))
        #expect(read(&memory, at: 3700, Scene.due(3600)).first?.since == Scene.start)
        let done = read(&memory, at: 3712) { sample in
            Scene.due(3600)(&sample)
            Scene.done(Scene.start)(&sample)
        }
        #expect(done.first?.since == Scene.start + 3600)
    }

    @Test("work that is configured no longer is forgotten")
    func forgotten() {
        var memory = AlertMemory()
        _ = read(&memory, at: 3000, Scene.due(0))
        _ = read(&memory, at: 3012) { $0.work = [] }
        #expect(memory == AlertMemory())
    }

    // MARK: - What the keeper tells

    @Test(
        "what the keeper tells has the kind and the subject of its key",
        arguments: [
            ("poker-a/PIP_ETH/no-price", AlertKind.noPrice, "PIP_ETH"),
            ("poker-a/PIP_ETH/source-invalid", .sourceInvalid, "PIP_ETH"),
            ("poker-a/PIP_SKY/oracle-stopped", .oracleStopped, "PIP_SKY"), ("poker-a/fee-cap", .feeCap, ""),
            ("poker-a/simulation-differs", .simulationDiffers, ""), ("poker-a/nodes-disagree", .nodesDisagree, ""),
            ("other/a/b/no-price", .noPrice, "other/a/b"),
        ])
    func told(_ key: String, _ kind: AlertKind, _ subject: String) {
        let conditions = read { $0.told = [Alert(key: key, severity: .critical, text: "text")] }
        #expect(conditions.map(\.kind) == [kind])
        #expect(conditions.first?.subject == subject)
        // How loud it is, is the policy's business.
        #expect(conditions.first?.floor == nil)
        #expect(conditions.first?.evidence == Scene(time: 0).head)
    }

    @Test("a key without a kind is reported as a defect, not as an alert", arguments: ["poker-a/something", "x", ""])
    func unknown(_ key: String) {
        var memory = AlertMemory()
        let reading = AlertRules(Scene.settings).read(
            Scene(time: 0).sample { $0.told = [Alert(key: key, severity: .page, text: "text")] }, &memory)
        #expect(reading.conditions.isEmpty && reading.unknown == [key])
    }

    @Test("an oracle that was emptied is stopped too: it is told once")
    func emptied() {
        let conditions = read { sample in
            sample.told = [
                Alert(key: "poker-a/PIP_ETH/oracle-stopped", severity: .urgent, text: "stopped"),
                Alert(key: "poker-a/PIP_ETH/no-price", severity: .page, text: "no price"),
                Alert(key: "poker-a/PIP_SKY/oracle-stopped", severity: .urgent, text: "stopped"),
            ]
        }
        #expect(conditions.map { "\($0.kind.rawValue) \($0.subject)" } == ["no-price PIP_ETH", "oracle-stopped PIP_SKY"])
    }

    // MARK: - The process

    @Test(
        "troubles have kinds, and their age is theirs",
        arguments: [
            (KeeperSample.Trouble.Kind.store, AlertKind.storeFails), (.signer, .signerFails), (.records, .recordsBroken),
            (.account, .accountUnknown), (.wallet, .runway), (.feeCap, .feeCap), (.chainUndone, .chainUndone),
        ])
    func troubles(_ trouble: KeeperSample.Trouble.Kind, _ kind: AlertKind) {
        let conditions = read(at: 900) { $0.troubles = [.init(trouble, "the disk is full", since: Scene.start + 5)] }
        #expect(conditions.map(\.kind) == [kind])
        #expect(conditions.first?.text == "the disk is full")
        #expect(conditions.first?.since == Scene.start + 5)
    }

    @Test("a pause says since when and how long")
    func paused() {
        let conditions = read { $0.pause = .init(since: Scene.start - 60, until: Scene.start + 60) }
        #expect(conditions.map(\.kind) == [.paused])
        #expect(conditions.first?.text.contains("2026-01-29T15:01:00Z") == true)
    }

    // MARK: - Nodes

    @Test("while no node can be used, only that and what the process itself knows is read")
    func blind() {
        let conditions = read { sample in
            Scene.due(0)(&sample)
            sample.blindSince = Scene.start - 10
            sample.nodes = [.init(label: "own", problem: "refused")]
            sample.told = [Alert(key: "poker-a/fee-cap", severity: .urgent, text: "text")]
            sample.wallet = .init(balance: .zero, reserve: .ether(1), costPerDay: nil)
            sample.troubles = [
                .init(.store, "full", since: 1), .init(.account, "unknown", since: 1), .init(.chainUndone, "undone", since: 1),
            ]
            sample.pause = .init(since: 1, until: 2)
        }
        #expect(conditions.map(\.kind) == [.nodesUnusable, .paused, .storeFails])
        #expect(conditions.first?.details == ["own: refused"])
        #expect(conditions.first?.since == Scene.start - 10)
    }

    @Test("before the first head nothing is known of the chain either")
    func headless() {
        let conditions = read { sample in
            Scene.due(0)(&sample)
            sample.head = nil
        }
        #expect(conditions.isEmpty)
    }

    @Test("a node that is not asked is told of by its name")
    func nodeDown() {
        let conditions = read { $0.nodes[1].problem = "12 blocks behind" }
        #expect(conditions.map { "\($0.kind.rawValue) \($0.subject)" } == ["node-down hosted"])
        #expect(conditions.first?.text == "the node hosted is not fit: 12 blocks behind")
    }

    @Test("only a reorganisation deeper than finality is told, for an hour")
    func reorganisation() {
        var memory = AlertMemory()
        #expect(read(&memory) { $0.events = [.reorganisation(depth: 3, abandoned: [])] }.isEmpty)
        #expect(
            read(&memory, at: 12) { $0.events = [.reorganisation(depth: 4, abandoned: [])] }.map(\.kind) == [.deepReorganisation])
        #expect(read(&memory, at: 3611) { _ in }.map(\.since) == [Scene.start + 12])
        #expect(read(&memory, at: 3612) { _ in }.isEmpty)
    }

    // MARK: - Transactions and the wallet

    private func flight(_ nonce: Nonce, since: UInt64, isMined: Bool = false) -> KeeperSample.InFlight {
        .init(nonce: nonce, intent: Scene.intent(), hash: Scene.hash(nonce), since: Scene.start + since, isMined: isMined)
    }

    @Test("the lowest nonce that waits is what is stuck, however many wait behind it; one that is mined is not")
    func stuck() {
        let conditions = read(at: 600) { sample in
            sample.inFlight = [flight(9, since: 50), flight(8, since: 100), flight(7, since: 0, isMined: true)]
        }
        #expect(conditions.map(\.kind) == [.stuckTransaction])
        #expect(conditions.first?.since == Scene.start + 100)
        #expect(conditions.first?.text.hasPrefix("nonce 8 for poker-a/\(Scene.start)/PIP_ETH+PIP_SKY waits") == true)
        #expect(conditions.first?.details == ["1 more wait behind it"])
    }

    @Test("a base fee above the caps explains why a transaction waits, and its waiting counts from then")
    func stuckByFees() {
        var memory = AlertMemory()
        let spike = read(&memory, at: 600) { sample in
            sample.inFlight = [flight(8, since: 0)]
            sample.told = [Alert(key: "poker-a/fee-cap", severity: .urgent, text: "high")]
        }
        #expect(spike.map(\.kind) == [.feeCap])
        let after = read(&memory, at: 612) { $0.inFlight = [flight(8, since: 0)] }
        #expect(after.map(\.since) == [Scene.start + 600])
    }

    @Test("a wallet is low below the limit, and until it is a tenth above it")
    func runway() {
        var memory = AlertMemory()
        func wallet(_ days: UInt64) -> (inout KeeperSample) -> Void {
            { $0.wallet = .init(balance: .gwei(days * 1_000_000), reserve: .gwei(1), costPerDay: .gwei(10_000_000)) }
        }
        // Tenths of days.
        #expect(read(&memory, wallet(70)).isEmpty)
        let low = read(&memory, wallet(69))
        #expect(low.map(\.kind) == [.runway] && low.first?.floor == nil)
        #expect(
            low.first?.text == "the wallet holds 0.069 ether, and lasts for 6.8 days"
                || low.first?.text == "the wallet holds 0.069 ether, and lasts for 6.9 days")
        #expect(read(&memory, wallet(76)).map(\.kind) == [.runway])
        #expect(read(&memory, wallet(77)).isEmpty)
        #expect(read(&memory, wallet(76)).isEmpty)
        #expect(read(&memory, wallet(10)).map(\.floor) == [nil])
        #expect(read(&memory, wallet(9)).map(\.floor) == [.page])
    }

    @Test("a wallet that holds less than one transaction reserves pages, whatever days cost, and stops the work")
    func empty() {
        let conditions = read { $0.wallet = .init(balance: .gwei(1), reserve: .gwei(2), costPerDay: nil) }
        #expect(conditions.map(\.floor) == [.page] && conditions.first?.stopsWork == true)
        #expect(read { $0.wallet = .init(balance: .gwei(2), reserve: .gwei(2), costPerDay: .zero) }.isEmpty)
        let both = read { sample in
            sample.wallet = .init(balance: .gwei(1), reserve: .gwei(2), costPerDay: nil)
            sample.troubles = [.init(.wallet, "not sent: the wallet holds less", since: Scene.start - 9)]
        }
        #expect(both.count == 1 && both.first?.details == ["not sent: the wallet holds less"])
        #expect(both.first?.since == Scene.start - 9)
    }

    @Test("a balance beyond any that exists lasts for ever", arguments: [Wei(.max), .ether(.max)])
    func endless(_ balance: Wei) {
        #expect(read { $0.wallet = .init(balance: balance, reserve: .zero, costPerDay: Wei(1)) }.isEmpty)
    }

    @Test("somebody else's transactions are one incident, urgent until one is certain, for a day after each")
    func foreign() {
        var memory = AlertMemory()
        let first = read(&memory) { $0.events = [.foreign(nonce: 7, nil)] }
        #expect(first.map(\.kind) == [.foreignTransaction] && first.first?.floor == nil)
        let second = read(&memory, at: 12) { $0.events = [.foreign(nonce: 7, Scene.hash(7)), .foreign(nonce: 8, nil)] }
        #expect(second.count == 1 && second.first?.floor == .page)
        #expect(second.first?.since == Scene.start && second.first?.details.count == 1)
        // The certainty about 7 goes with it after its day; 8 has twelve seconds more.
        #expect(read(&memory, at: 86_400) { _ in }.map(\.floor) == [nil])
        #expect(read(&memory, at: 86_412) { _ in }.isEmpty)
    }

    // MARK: - What happened

    @Test("a missing effect is over when a later period of the same work is done, or after a day")
    func effectMissing() {
        let event = KeeperSample.Event.effectMissing(Scene.intent("PIP_ETH"), Scene.hash(1), text: "no LogValue of PIP_ETH")
        var memory = AlertMemory()
        let conditions = read(&memory) { $0.events = [event] }
        #expect(conditions.map(\.kind) == [.effectMissing])
        #expect(conditions.first?.text.contains("no LogValue of PIP_ETH") == true)
        // The same period, and another oracle's later one, prove nothing.
        #expect(!read(&memory, at: 12) { $0.work[0].doneEpoch = Scene.start }.isEmpty)
        #expect(!read(&memory, at: 24) { $0.work[1].doneEpoch = Scene.start + 3600 }.isEmpty)
        #expect(read(&memory, at: 3700) { $0.work[0].doneEpoch = Scene.start + 3600 }.isEmpty)

        var patient = AlertMemory()
        _ = read(&patient) { $0.events = [event] }
        #expect(!read(&patient, at: 86_399) { _ in }.isEmpty)
        #expect(read(&patient, at: 86_400) { _ in }.isEmpty)
    }

    @Test(
        "an effect of work without a name among the tasks is over when all work was done later; work that nobody can do is not asked"
    )
    func otherEffect() {
        var memory = AlertMemory()
        _ = read(&memory) { $0.events = [.triesUsed(Scene.intent("else"))] }
        #expect(!read(&memory, at: 12) { $0.work[0].doneEpoch = Scene.start + 3600 }.isEmpty)
        let over = read(&memory, at: 24) { sample in
            sample.work[0].doneEpoch = Scene.start + 3600
            sample.work[1].excuse = "stopped"
        }
        #expect(over.isEmpty)
        _ = read(&memory) { $0.events = [.triesUsed(Scene.intent("else"))] }
        #expect(
            !read(&memory, at: 36) { sample in for index in sample.work.indices { sample.work[index].excuse = "stopped" } }
                .isEmpty)
    }

    @Test("several missing effects are one incident that names them all")
    func effects() {
        let conditions = read { sample in
            sample.events = [
                .effectMissing(Scene.intent(), Scene.hash(1), text: "one"),
                .effectMissing(Scene.intent(), Scene.hash(2), text: "two"),
                .triesUsed(Scene.intent()),
            ]
        }
        #expect(conditions.count == 1 && conditions.first?.details.count == 2)
    }

    @Test("a backup that acted once is urgent, in a second period in a row it pages")
    func backup() {
        var memory = AlertMemory()
        #expect(read(&memory, at: 400) { $0.events = [.actedAsBackup(epoch: Scene.start)] }.map(\.floor) == [nil])
        // Its own act makes the next period look done by somebody until it is final.
        #expect(read(&memory, at: 3900, Scene.done(Scene.start + 3600)).isEmpty)
        let again = read(&memory, at: 4000) { sample in
            Scene.done(Scene.start + 3600)(&sample)
            sample.events = [.actedAsBackup(epoch: Scene.start + 3600)]
        }
        #expect(again.map(\.floor) == [.page] && again.first?.since == Scene.start + 400)
    }

    @Test("a period that was done without the backup ends its row, and the next act is a first one again")
    func backupOver() {
        var memory = AlertMemory()
        _ = read(&memory, at: 400) { $0.events = [.actedAsBackup(epoch: Scene.start)] }
        #expect(read(&memory, at: 3700, Scene.done(Scene.start + 3600)).isEmpty)
        let later = read(&memory, at: 7600) { sample in
            Scene.done(Scene.start + 7200)(&sample)
            sample.events = [.actedAsBackup(epoch: Scene.start + 7200)]
        }
        #expect(later.map(\.kind) == [.backupActed] && later.map(\.floor) == [nil])
    }

    @Test("an act that is known only after somebody acted in a later period is over already")
    func backupKnownLate() {
        var memory = AlertMemory()
        let conditions = read(&memory, at: 3700) { sample in
            Scene.done(Scene.start + 3600)(&sample)
            sample.events = [.actedAsBackup(epoch: Scene.start)]
        }
        #expect(conditions.isEmpty)
    }

    @Test("what is remembered is bounded, whatever happens")
    func bounded() throws {
        var memory = AlertMemory()
        for time in 0..<500 as Range<UInt64> {
            _ = read(&memory, at: time) { sample in
                sample.events = [
                    .foreign(nonce: time, nil), .effectMissing(Scene.intent("\(time)", epoch: time), Scene.hash(time), text: "x"),
                    .actedAsBackup(epoch: time), .reorganisation(depth: Int(time), abandoned: []),
                ]
            }
        }
        #expect("\(memory)".count < 40_000)
    }
}
