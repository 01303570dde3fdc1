import EthPrimitives
import KeeperAlerts
import KeeperCore
import Testing

/// What people are told over time. Every state goes through JSON between samples, as over a restart.
@Suite("The book of what people were told")
struct AlertBookTests {
    @Test("lateness climbs its ladder, each severity once, and is over a minute after the work was done")
    func ladder() throws {
        var watch = Watch()
        var said = try watch.run(0...7200, Scene.due(0))
        #expect(
            said == [
                "300 opened late notify", "600 escalated late urgent", "1800 escalated late page", "3600 escalated late critical",
            ])
        said = try watch.run(7212...7500)
        #expect(said == ["7272 resolved late critical"])
        #expect(watch.book.open(watch.settings).isEmpty)
    }

    @Test("without restarts it is the same as with one after each sample")
    func restarts() throws {
        var (with, without) = (Watch(), Watch())
        without.restarts = false
        let first = (try with.run(0...2400, Scene.due(0)), try without.run(0...2400, Scene.due(0)))
        #expect(first.0 == first.1 && first.0.count == 3)
        #expect(try with.run(2412...3000) == (try without.run(2412...3000)))
        #expect(with.book == without.book && with.memory == without.memory)
    }

    @Test("the same sample twice changes nothing, whatever it says")
    func twice() throws {
        var watch = Watch()
        _ = try watch.run(0...700, Scene.due(0))
        let sample = Scene(time: 712).sample { sample in
            Scene.due(0)(&sample)
            sample.troubles = [.init(.records, "broken", since: Scene.start)]
            sample.told = [Alert(key: "poker-a/PIP_ETH/no-price", severity: .page, text: "no price")]
            sample.events = [
                .actedAsBackup(epoch: Scene.start), .foreign(nonce: 7, nil),
                .effectMissing(Scene.intent(), Scene.hash(1), text: "x"),
                .reorganisation(depth: 9, abandoned: [Scene.hash(5)]), .triesUsed(Scene.intent()),
            ]
        }
        #expect(try watch.take(sample).count >= 4)
        let (book, memory) = (watch.book, watch.memory)
        #expect(try watch.take(sample).isEmpty)
        #expect(watch.book == book && watch.memory == memory)
    }

    @Test("what comes and goes within the time that it takes to settle is one incident")
    func hysteresis() throws {
        var watch = Watch()
        let failing: (inout KeeperSample) -> Void = { $0.troubles = [.init(.signer, "no answer", since: Scene.start)] }
        #expect(try watch.run(0...132, failing) == ["120 opened signer-fails urgent"])
        // Absent for less than five minutes, twice.
        #expect(try watch.run(144...420).isEmpty)
        #expect(try watch.run(432...444, failing).isEmpty)
        #expect(try watch.run(456...744).isEmpty)
        #expect(try watch.run(756...1200) == ["756 resolved signer-fails urgent"])
    }

    @Test("while an incident is open its severity never falls")
    func neverFalls() throws {
        var watch = Watch()
        let empty: (inout KeeperSample) -> Void = { $0.wallet = .init(balance: .gwei(1), reserve: .gwei(2), costPerDay: nil) }
        let low: (inout KeeperSample) -> Void = {
            $0.wallet = .init(balance: .gwei(20), reserve: .gwei(2), costPerDay: .gwei(10))
        }
        #expect(try watch.run(0...60, low) == ["24 opened runway urgent"])
        #expect(try watch.run(72...72, empty) == ["72 escalated runway page"])
        #expect(try watch.run(84...300, low).isEmpty)
        #expect(watch.book.open(watch.settings).map(\.severity) == [.page])
        #expect(try watch.run(312...312, empty).isEmpty)
    }

    @Test("what never grew old enough to be told ends without a word")
    func untold() throws {
        var watch = Watch()
        #expect(try watch.run(0...290, Scene.due(0)).isEmpty)
        #expect(try watch.run(300...2000).isEmpty)
        // And what begins anew begins at its beginning.
        #expect(try watch.run(2004...2290) { Scene.due(2004)(&$0) }.isEmpty)
    }

    @Test("what is seen in a block is told when two more stand on it")
    func confirmation() throws {
        var watch = Watch()
        let empty: (inout KeeperSample) -> Void = { sample in
            sample.told = [Alert(key: "poker-a/PIP_ETH/no-price", severity: .page, text: "PIP_ETH holds no valid price")]
        }
        #expect(try watch.run(120...132, empty).isEmpty)
        #expect(try watch.run(144...144, empty) == ["144 opened no-price page"])
        var impatient = Watch()
        impatient.settings.confirmations = 0
        #expect(try impatient.run(120...120, empty) == ["120 opened no-price page"])
    }

    @Test("what was seen in a block that left the chain is retracted at once, and dropped in silence if nobody was told")
    func retraction() throws {
        let empty: (inout KeeperSample) -> Void = { sample in
            sample.told = [Alert(key: "poker-a/PIP_ETH/no-price", severity: .page, text: "PIP_ETH holds no valid price")]
        }
        let abandoned = Set((1010...1016).map { Scene.hash($0) })
        let reorganised: (inout KeeperSample) -> Void = { $0.events = [.reorganisation(depth: 2, abandoned: abandoned)] }
        var told = Watch()
        #expect(try told.run(120...144, empty) == ["144 opened no-price page"])
        #expect(try told.run(156...156, branch: 1, reorganised) == ["156 retracted no-price page"])
        #expect(try told.run(168...1200, branch: 1).isEmpty)

        var untold = Watch()
        #expect(try untold.run(120...132, empty).isEmpty)
        #expect(try untold.run(144...144, branch: 1, reorganised).isEmpty)
        #expect(try untold.run(156...1200, branch: 1).isEmpty)
    }

    @Test("what holds on the other branch too goes on, and a later reorganisation is about its new block")
    func surviving() throws {
        let empty: (inout KeeperSample) -> Void = { sample in
            sample.told = [Alert(key: "poker-a/PIP_ETH/no-price", severity: .page, text: "PIP_ETH holds no valid price")]
        }
        var watch = Watch()
        _ = try watch.run(120...144, empty)
        let both: (inout KeeperSample) -> Void = { sample in
            empty(&sample)
            sample.events = [.reorganisation(depth: 3, abandoned: Set((1010...1012).map { Scene.hash($0) }))]
        }
        #expect(try watch.run(156...156, branch: 1, both).isEmpty)
        // The abandoned blocks again: they are not its evidence any more. Absent, it settles.
        let again: (inout KeeperSample) -> Void = { sample in
            sample.events = [.reorganisation(depth: 3, abandoned: Set((1010...1012).map { Scene.hash($0) }))]
        }
        #expect(try watch.run(168...168, branch: 1, again).isEmpty)
        let new: (inout KeeperSample) -> Void = { sample in
            sample.events = [.reorganisation(depth: 1, abandoned: [Scene.hash(1013, branch: 1)])]
        }
        #expect(try watch.run(180...180, branch: 2, new) == ["180 retracted no-price page"])
    }

    @Test("a reorganisation that is told apart from samples retracts with the next one")
    func retract() throws {
        let empty: (inout KeeperSample) -> Void = { sample in
            sample.told = [Alert(key: "poker-a/PIP_ETH/no-price", severity: .page, text: "PIP_ETH holds no valid price")]
        }
        var watch = Watch()
        _ = try watch.run(120...144, empty)
        watch.book.abandon([Scene.hash(1010)])
        #expect(watch.book.open(watch.settings).count == 1)
        #expect(try watch.run(156...156, branch: 1) == ["156 retracted no-price page"])
    }

    @Test("without nodes nothing about the chain is raised, made louder or resolved, and one outage is one incident")
    func blind() throws {
        var watch = Watch()
        #expect(try watch.run(0...348, Scene.due(0)) == ["300 opened late notify"])
        // Blind for an hour: the work may be done or not.
        let blind: (inout KeeperSample) -> Void = { sample in
            sample.blindSince = Scene.start + 348
            sample.nodes = [.init(label: "own", problem: "refused"), .init(label: "hosted", problem: "HTTP 503")]
        }
        #expect(
            try watch.run(360...3948, blind) == [
                "408 opened nodes-unusable notify", "468 escalated nodes-unusable urgent", "648 escalated nodes-unusable page",
            ])
        // The work was done meanwhile.
        #expect(
            try watch.run(3960...4800, Scene.done(Scene.start)) == [
                "4020 resolved late notify", "4080 resolved nodes-unusable page",
            ])
    }

    @Test("after an outage there are two minutes to catch up before lateness is told; what is late then is told as late as it is")
    func grace() throws {
        var watch = Watch()
        let blind: (inout KeeperSample) -> Void = { $0.blindSince = Scene.start }
        _ = try watch.run(0...3588, blind)
        #expect(
            try watch.run(3600...3780, Scene.due(0)) == ["3720 resolved nodes-unusable page", "3720 opened late critical"])
        var quick = Watch()
        _ = try quick.run(0...3588, blind)
        _ = try quick.run(3600...3660, Scene.due(0))
        #expect(try quick.run(3672...4200) == ["3720 resolved nodes-unusable page"])
    }

    @Test("a process that was away has the same two minutes")
    func away() throws {
        var watch = Watch()
        _ = try watch.run(0...60)
        #expect(try watch.run(7200...7308, Scene.due(3600)).isEmpty)
        #expect(try watch.run(7320...7320, Scene.due(3600)) == ["7320 opened late critical"])
    }

    @Test("lateness is held back at urgent while what stops the work wakes people already, until everybody has to know")
    func oneCause() throws {
        var watch = Watch()
        let failing: (inout KeeperSample) -> Void = { sample in
            Scene.due(0)(&sample)
            sample.troubles = [.init(.signer, "no answer", since: Scene.start)]
        }
        #expect(
            try watch.run(0...7200, failing) == [
                "120 opened signer-fails urgent", "300 opened late notify", "600 escalated signer-fails page",
                "600 escalated late urgent", "3600 escalated late critical",
            ])
    }

    @Test("lateness pages beside causes that wake nobody, and names them")
    func causes() throws {
        var watch = Watch()
        let spike: (inout KeeperSample) -> Void = { sample in
            Scene.due(0)(&sample)
            sample.told = [
                Alert(key: "poker-a/fee-cap", severity: .urgent, text: "the base fee 90 gwei is above the cap 60 gwei")
            ]
        }
        let said = try watch.run(0...2000, spike)
        #expect(said.contains("1800 escalated late page") && said.contains("300 opened fee-cap notify"))
        let late = try #require(watch.book.open(watch.settings).first { $0.kind == .late })
        #expect(late.summary == "PIP_ETH, PIP_SKY: due since 2026-01-29T15:00:00Z and not done; besides: fee-cap")
        #expect(late.details == ["fee-cap: the base fee 90 gwei is above the cap 60 gwei"])
    }

    @Test("a clock that goes back tells nothing twice, and one that then goes on ends what is over")
    func backwards() throws {
        var watch = Watch()
        let broken: (inout KeeperSample) -> Void = { $0.troubles = [.init(.records, "broken", since: Scene.start + 1200)] }
        #expect(
            try watch.run(1200...1212, broken) == [
                "1200 opened recordsBroken page".replacing("recordsBroken", with: "records-broken")
            ])
        #expect(try watch.run(1224...1236).isEmpty)
        // Twenty minutes back, while it settles.
        #expect(try watch.run(36...36, broken).isEmpty)
        #expect(try watch.run(48...96).isEmpty)
        #expect(try watch.run(108...120) == ["108 resolved records-broken page"])
    }

    @Test("notices are counted, and each incident has a name of its own under a key that stays")
    func names() throws {
        var watch = Watch()
        var notices: [AlertNotice] = []
        for (time, isBroken) in [(0, true), (12, false), (84, false), (96, true)] as [(UInt64, Bool)] {
            notices += try watch.take(
                Scene(time: time).sample { if isBroken { $0.troubles = [.init(.records, "broken", since: Scene.start + time)] } })
        }
        #expect(notices.map(\.change) == [.opened, .resolved, .opened])
        #expect(notices.map(\.sequence) == [1, 2, 3])
        #expect(notices.map(\.incident) == ["boot-1", "boot-1", "boot-3"])
        #expect(Set(notices.map(\.key)) == ["keeper/poker-a/records-broken"])
        #expect(notices[2].since == Scene.start + 96 && notices[2].at == Scene.start + 96)
        #expect(notices[2].labels == [.init("keeper", "poker-a")])
        #expect(notices[2].runbook == "Documentation/runbooks/records-broken.md")
    }

    @Test("no more than 256 things are watched, however many there are, and all of them end")
    func bounded() throws {
        var watch = Watch()
        watch.restarts = false
        let many: (inout KeeperSample) -> Void = { sample in
            sample.told = (0..<400).map { Alert(key: "poker-a/O\($0)/no-price", severity: .page, text: "no price") }
        }
        #expect(try watch.run(0...36, many).count == 256)
        #expect(try watch.run(48...180).filter { $0.contains("resolved") }.count == 256)
        #expect(watch.book.open(watch.settings).isEmpty)
    }

    @Test("texts are one line within bounds, whatever a node says")
    func texts() throws {
        var watch = Watch()
        let text = "a\nb\u{1B}[2J\u{202E}" + String(repeating: "𝕏", count: 2000)
        let notices = try watch.take(
            Scene(time: 0).sample { $0.troubles = [.init(.records, text, since: Scene.start)] })
        let summary = try #require(notices.first?.summary)
        #expect(summary.hasPrefix("a b [2J\u{FFFD}𝕏") && summary.hasSuffix("…"))
        #expect(summary.utf16.count <= 600 && summary.utf16.count > 590)
    }
}
