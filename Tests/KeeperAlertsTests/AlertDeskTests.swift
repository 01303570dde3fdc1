import EthPrimitives
import Foundation
import KeeperAlerts
import KeeperCore
import Testing

/// The shell: what is posted, when, and what is saved before.
@Suite("The desk of alerts")
struct AlertDeskTests {
    private let world = World()

    /// A sample that says since when the records are broken, `nil` for well.
    private func sample(_ time: UInt64, broken: UInt64? = nil) -> KeeperSample {
        Scene(time: time).sample { sample in
            if let broken { sample.troubles = [.init(.records, "broken", since: Scene.start + broken)] }
        }
    }

    @Test("an incident is posted once, and its end once")
    func once() async {
        let desk = world.desk([World.webhook()])
        #expect(desk.nextDelivery == nil)
        #expect(desk.take(sample(0, broken: 0)).map(\.change) == [.opened])
        #expect(desk.nextDelivery.map { $0 <= world.now } == true)
        #expect(desk.waiting == ["hook": 1])
        await desk.deliverDue()
        await desk.deliverDue()
        #expect(world.posts.map(\.gist) == ["opened records-broken page"])
        #expect(desk.nextDelivery == nil && desk.waiting == ["hook": 0])
        #expect(desk.open.map(\.kind) == [.recordsBroken])
        for time in [12, 24, 36, 48, 60, 72] as [UInt64] { desk.take(sample(time)) }
        await desk.deliverDue()
        #expect(world.posts.map(\.gist) == ["opened records-broken page", "resolved records-broken page"])
        #expect(desk.counts == [AlertCount(sink: "hook", result: "delivered"): 2])
        #expect(Set(world.posts.map(\.id)).count == 2 && desk.open.isEmpty)
    }

    @Test("the state is saved before anything is posted, and after each success")
    func saved() async throws {
        let desk = world.desk([World.webhook()])
        desk.take(sample(0, broken: 0))
        let before = world.saves
        await desk.deliverDue()
        #expect(world.saves == before + 2)
        // What was saved when it was posted knows that it was tried: a restart then repeats it under the same id.
        let state = try #require(world.posts.first?.saved)
        #expect(String(decoding: state, as: UTF8.self).contains("\"attempts\":1"))
        #expect(world.saved.map { !String(decoding: $0, as: UTF8.self).contains("\"attempts\"") } == true)
    }

    @Test("a quiet keeper writes once a minute at most")
    func quiet() {
        let desk = world.desk([World.webhook()])
        for time in stride(from: 0, through: 600, by: 2) { desk.take(sample(UInt64(time))) }
        #expect(world.saves <= 11)
    }

    @Test("a restart between any two steps posts nothing twice under another id, and forgets nothing")
    func restart() async {
        world.desk([World.webhook()]).take(sample(0, broken: 0))
        #expect(world.desk([World.webhook()]).waiting == ["hook": 1])
        // The answer is lost: the receiver may have it.
        world.answer { _ in throw AlertPostError.broken }
        await world.desk([World.webhook()]).deliverDue()
        world.pass(1)
        world.answer(200)
        await world.desk([World.webhook()]).deliverDue()
        #expect(world.posts.count == 2 && Set(world.posts.map(\.id)).count == 1)
        let desk = world.desk([World.webhook()])
        desk.take(sample(12, broken: 0))
        await desk.deliverDue()
        #expect(world.posts.count == 2 && desk.open.count == 1)
    }

    @Test("a full disk stops no alert, is told of once, and so is that it is over")
    func full() async {
        world.fill(true)
        let desk = world.desk([World.webhook()])
        desk.take(sample(0, broken: 0))
        await desk.deliverDue()
        #expect(world.posts.map(\.gist) == ["opened records-broken page"])
        #expect(world.news.filter { if case .unsaved = $0 { true } else { false } }.count == 1)
        world.fill(false)
        desk.take(sample(60, broken: 0))
        #expect(world.saved != nil && world.news.last == .saved)
        #expect(world.desk([World.webhook()]).open.count == 1)
    }

    @Test(
        "a state that cannot be read is begun anew, which is said, and what is open is told again",
        arguments: [
            "", "{}", "{\"version\":2}", "rubbish",
        ])
    func unreadable(_ text: String) async {
        let desk = AlertDesk(
            Scene.settings, sinks: [World.webhook()], poster: world, state: Array(text.utf8), clock: { world.now },
            save: { _ in },
            notify: { #expect($0.isTrouble || $0.description.contains("opened")) })
        #expect(desk.take(sample(0, broken: 0)).map(\.change) == [.opened])
    }

    @Test("a version that is to come is not taken for this one")
    func version() throws {
        world.desk([World.webhook()]).take(sample(0, broken: 0))
        let state = String(decoding: try #require(world.saved), as: UTF8.self)
        let next = Array(state.replacing("\"version\":1", with: "\"version\":2").utf8)
        #expect(next != Array(state.utf8))
        let desk = AlertDesk(
            Scene.settings, sinks: [], poster: world, state: next, clock: { world.now }, save: { _ in },
            notify: { #expect($0 == .begunAnew("version 2 is unknown")) })
        #expect(desk.open.isEmpty)
    }

    @Test("each receiver gets what is at or above its minimum, with the end exactly where the opening went")
    func minimum() async {
        let desk = world.desk([
            World.webhook("all"), World.webhook("pager", minimum: .page), World.webhook("never", minimum: .critical),
        ])
        for time in stride(from: 0 as UInt64, through: 1900, by: 60) {
            desk.take(Scene(time: time).sample(Scene.due(0)))
            await desk.deliverDue()
        }
        for time in stride(from: 1908 as UInt64, through: 2100, by: 60) {
            desk.take(sample(time))
            await desk.deliverDue()
        }
        func gists(_ name: String) -> [String] { world.posts.filter { $0.url.contains(name) }.map(\.gist) }
        #expect(
            gists("all") == ["opened late notify", "escalated late urgent", "escalated late page", "resolved late page"])
        #expect(gists("pager") == ["opened late page", "resolved late page"])
        #expect(gists("never").isEmpty)
    }

    @Test("a receiver that is new, or that wants more, is told of what is open; one that is gone waits for nothing")
    func receivers() async {
        let desk = world.desk([World.webhook("old", minimum: .page)])
        for time in stride(from: 0, through: 700, by: 12) { desk.take(Scene(time: UInt64(time)).sample(Scene.due(0))) }
        #expect(desk.waiting == ["old": 0])
        desk.use([World.webhook("old", minimum: .urgent), World.webhook("new")])
        #expect(desk.waiting == ["old": 1, "new": 1])
        desk.use([World.webhook("new")])
        #expect(desk.waiting == ["new": 1])
        await desk.deliverDue()
        #expect(world.posts.map(\.gist) == ["opened late urgent"])
        // With a minimum that is higher than what was told, the end comes all the same.
        desk.use([World.webhook("new", minimum: .critical)])
        for time in stride(from: 708, through: 900, by: 12) { desk.take(sample(UInt64(time))) }
        await desk.deliverDue()
        #expect(world.posts.map(\.gist) == ["opened late urgent", "resolved late urgent"])
    }

    @Test("a receiver that hangs holds up no other")
    func parallel() async {
        let desk = world.desk([World.webhook("bad"), World.webhook("good")])
        world.answer { post in
            guard post.url.contains("good") else { throw AlertPostError.timeout }
            return AlertReply(status: 204)
        }
        desk.take(sample(0, broken: 0))
        await desk.deliverDue()
        #expect(desk.waiting == ["bad": 1, "good": 0])
        #expect(desk.counts == [.init(sink: "bad", result: "failed"): 1, .init(sink: "good", result: "delivered"): 1])
    }

    @Test("fifteen minutes of failure are told to the others, not to the one that fails, and are over with its first success")
    func sinkFails() async {
        let desk = world.desk([World.webhook("bad"), World.webhook("good")])
        let down: @Sendable (World.Post) throws -> AlertReply = { AlertReply(status: $0.url.contains("bad") ? 404 : 200) }
        world.answer(down)
        for minute in 0...16 {
            desk.take(sample(UInt64(minute) * 60, broken: 0))
            await desk.deliverDue()
            world.pass(60)
        }
        func gists(_ name: String) -> Set<String> { Set(world.posts.filter { $0.url.contains(name) }.map(\.gist)) }
        #expect(gists("good") == ["opened records-broken page", "opened sink-fails urgent"])
        #expect(gists("bad") == ["opened records-broken page"])
        #expect(desk.open.first { $0.kind == .sinkFails }?.summary.contains("HTTP 404") == true)
        world.answer(200)
        world.pass(600)
        await desk.deliverDue()
        for minute in 27...30 { desk.take(sample(UInt64(minute) * 60, broken: 0)) }
        await desk.deliverDue()
        #expect(gists("good").contains("resolved sink-fails urgent"))
        #expect(desk.open.map(\.kind) == [.recordsBroken] && desk.waiting == ["bad": 0, "good": 0])
    }

    @Test("an error's text never reaches a log, since it may hold the URL")
    func secrets() async {
        let desk = world.desk([World.webhook()])
        world.answer { _ in throw World.Refusal() }
        desk.take(sample(0, broken: 0))
        await desk.deliverDue()
        #expect(world.news.contains { $0.description.contains("no answer") })
        let all =
            world.news.map(\.description).joined() + "\(desk.open)\(desk.counts)"
            + String(decoding: world.saved ?? [], as: UTF8.self)
        #expect(!all.contains("secret"))
    }

    @Test("what the keeper tells without a kind is logged once")
    func unknown() {
        let desk = world.desk([])
        for time in [0, 12] as [UInt64] {
            desk.take(Scene(time: time).sample { $0.told = [Alert(key: "poker-a/odd", severity: .page, text: "x")] })
        }
        #expect(world.news == [.unknown(key: "poker-a/odd")])
    }

    @Test("an Alertmanager is told of open incidents every minute, and of nothing when none is open")
    func keepAlive() async throws {
        let sink = AlertSink(name: "am", minimum: .info, .alertmanager(url: SecretText("http://127.0.0.1:9093/")))
        let desk = world.desk([sink])
        desk.take(sample(0, broken: 0))
        await desk.deliverDue()
        #expect(desk.nextDelivery == world.now + .seconds(60))
        await desk.deliverDue()
        #expect(world.posts.count == 1)
        world.pass(60)
        await desk.deliverDue()
        #expect(world.posts.count == 2)
        // It fails: again after a while, not at once.
        world.pass(60)
        world.answer(503)
        await desk.deliverDue()
        #expect(world.posts.count == 3 && desk.nextDelivery == world.now + .milliseconds(125))
        world.pass(1)
        world.answer(200)
        await desk.deliverDue()
        #expect(world.posts.count == 4)
        for time in stride(from: 12, through: 120, by: 12) { desk.take(sample(UInt64(time))) }
        await desk.deliverDue()
        #expect(world.posts.count == 5 && desk.nextDelivery == nil)
        #expect(world.posts.allSatisfy { $0.url == "http://127.0.0.1:9093/api/v2/alerts" })
    }
}
