import EthPrimitives
import Foundation
import KeeperAlerts
import KeeperCore
import KeeperTestServer
import Synchronization
import Testing

/// A receiver on real sockets that fails in every way: nothing is lost, and nothing is new to it that has an id which it knows. Time is the
/// test's; sockets are real.
@Suite("A receiver on real sockets", .timeLimit(.minutes(2)))
struct AlertReceiverTests {
    /// What arrived: the id, and what it says.
    private struct Arrival {
        var id: String
        var gist: String

        init(_ request: ServerRequest) {
            id = request.values(of: "Idempotency-Key").first ?? ""
            let json = (try? JSONSerialization.jsonObject(with: Data(request.body))) as? [String: Any] ?? [:]
            gist = "\(json["change"] ?? "?") \(json["severity"] ?? "?")"
        }
    }

    /// A desk whose one receiver is the server, beginning with a state; the clock is the world's.
    private func desk(_ world: World, _ server: FaultServer, _ poster: SocketPoster, state: [UInt8]? = nil, saved: Saved)
        -> AlertDesk
    {
        AlertDesk(
            Scene.settings,
            sinks: [
                AlertSink(
                    name: "hook", minimum: .info,
                    .webhook(url: SecretText(server.url + "/alerts"), key: SecretText("a shared key")))
            ],
            poster: poster, state: state, clock: { world.now }, random: { 0.5 }, save: { saved.set($0) })
    }

    private final class Saved: Sendable {
        private let bytes = Mutex<[UInt8]?>(nil)
        func set(_ new: [UInt8]) { bytes.withLock { $0 = new } }
        var value: [UInt8]? { bytes.withLock { $0 } }
    }

    private func sample(_ time: UInt64, broken: Bool) -> KeeperSample {
        Scene(time: time).sample { if broken { $0.troubles = [.init(.records, "broken", since: Scene.start)] } }
    }

    /// Opens and resolves an incident before a receiver with these faults, and asks again whenever it may.
    /// - Returns: what arrived, what was answered with 2xx, and how often was tried.
    private func live(
        _ faults: [Reply], timeUp: (@Sendable (AlertRequest) async throws -> Void)? = nil
    ) async throws -> (arrived: [Arrival], tries: Int, waits: [Duration]) {
        var script = FaultScript()
        for (index, fault) in faults.enumerated() { script = script.replying(fault, to: index) }
        script = script.replying(.status(204)) { _ in true }
        return try await FaultServer.with(script) { server in
            let (world, saved) = (World(), Saved())
            let poster = timeUp.map { SocketPoster(timeUp: $0) } ?? SocketPoster()
            defer { poster.stop() }
            let desk = desk(world, server, poster, saved: saved)
            var waits: [Duration] = []
            func deliver() async {
                for _ in 0..<20 {
                    guard let next = desk.nextDelivery else { return }
                    waits.append(max(.zero, next - world.now))
                    world.now = max(world.now, next)
                    await desk.deliverDue()
                }
            }
            desk.take(sample(0, broken: true))
            await deliver()
            for time in stride(from: 12 as UInt64, through: 84, by: 12) { desk.take(sample(time, broken: false)) }
            await deliver()
            #expect(desk.waiting == ["hook": 0] && desk.nextDelivery == nil && desk.open.isEmpty)
            let tries = desk.counts.values.reduce(0, +)
            return (server.requests.map(Arrival.init), Int(tries), waits)
        }
    }

    /// What the receiver knows when it keeps the first of each id.
    private func known(_ arrivals: [Arrival]) -> [String] {
        var seen: Set<String> = []
        return arrivals.filter { seen.insert($0.id).inserted }.map(\.gist)
    }

    private static let whole = ["opened page", "resolved page"]

    @Test("one that takes everything gets both, once, signed")
    func well() async throws {
        let (arrived, tries, _) = try await live([])
        #expect(arrived.map(\.gist) == Self.whole && tries == 2 && Set(arrived.map(\.id)).count == 2)
    }

    @Test("one that fails for a while gets both", arguments: [500, 502, 503, 504, 408])
    func fails(_ status: Int) async throws {
        let (arrived, tries, waits) = try await live([.status(status), .gatewayPage(status), .status(status), .status(status)])
        #expect(known(arrived) == Self.whole && tries == 6 && arrived.count == 6)
        // Half of what the backoff allows, after each.
        #expect(waits == [.zero, .milliseconds(125), .milliseconds(250), .milliseconds(500), .seconds(5), .zero])
    }

    @Test("one that throttles is asked when it wants to be")
    func throttles() async throws {
        let (arrived, _, waits) = try await live([
            .tooManyRequests(retryAfter: "40"), .tooManyRequests(), .tooManyRequests(retryAfter: "7"),
        ])
        #expect(known(arrived) == Self.whole && arrived.count == 5)
        #expect(waits == [.zero, .seconds(40), .milliseconds(250), .seconds(7), .zero])
    }

    @Test("one that refuses what it later takes is asked slowly", arguments: [400, 401, 403, 404, 413, 422])
    func refuses(_ status: Int) async throws {
        let (arrived, _, waits) = try await live([.status(status), .status(status)])
        #expect(known(arrived) == Self.whole && arrived.count == 4)
        #expect(waits == [.zero, .seconds(180), .seconds(180), .zero])
    }

    @Test("one that takes an alert and loses the answer sees it again under the same id")
    func loses() async throws {
        let lost = Reply([.close])
        // On connections of their own: what URLSession does when one that it uses again ends takes a minute.
        let taken = Reply.status(200, headers: [("Connection", "close")]).thenClosing()
        let (arrived, tries, _) = try await live([lost, .reset, lost, taken, lost])
        #expect(known(arrived) == Self.whole && tries == 6)
        #expect(
            arrived.map(\.gist) == ["opened page", "opened page", "opened page", "opened page", "resolved page", "resolved page"])
        #expect(Set(arrived.map(\.id)).count == 2)
    }

    @Test("one that hangs is given up when the time is up, and asked again")
    func hangs() async throws {
        let gate = Gate()
        let hangs = Mutex(0)
        let (arrived, tries, _) = try await live([Reply([.wait(gate)]), Reply([.wait(gate)])]) { _ in
            // The time of the first two requests is up as soon as the receiver has them.
            let number = hangs.withLock { hangs in
                hangs += 1
                return hangs
            }
            try await gate.reached(times: number <= 2 ? number : .max)
        }
        #expect(known(arrived) == Self.whole && tries == 4 && arrived.count == 4)
    }

    @Test("one that is not there gets all of it when it comes")
    func absent() async throws {
        let (world, saved, poster) = (World(), Saved(), SocketPoster())
        defer { poster.stop() }
        let gone = try await FaultServer.start()
        await gone.stop()
        let first = desk(world, gone, poster, saved: saved)
        first.take(sample(0, broken: true))
        await first.deliverDue()
        #expect(first.counts == [AlertCount(sink: "hook", result: "failed"): 1])
        try await FaultServer.with(FaultScript().replying(.status(200)) { _ in true }) { server in
            let second = desk(world, server, poster, state: saved.value, saved: saved)
            world.pass(1)
            await second.deliverDue()
            #expect(server.requests.map { Arrival($0).gist } == ["opened page"])
            #expect(second.waiting == ["hook": 0])
        }
    }

    @Test("a process that dies between the post and its answer tells again under the same id")
    func dies() async throws {
        let script = FaultScript().replying(.status(200)) { _ in true }
        try await FaultServer.with(script) { server in
            let (world, saved, poster) = (World(), Saved(), SocketPoster())
            defer { poster.stop() }
            // Saves what is there when the request arrives, and nothing after it.
            let frozen = Saved()
            let dying = AlertDesk(
                Scene.settings, sinks: [AlertSink(name: "hook", minimum: .info, .webhook(url: SecretText(server.url), key: nil))],
                poster: poster, state: nil, clock: { world.now }, random: { 0.5 },
                save: { if server.requests.isEmpty { frozen.set($0) } })
            dying.take(sample(0, broken: true))
            await dying.deliverDue()
            let next = desk(world, server, poster, state: frozen.value, saved: saved)
            await next.deliverDue()
            for time in stride(from: 12 as UInt64, through: 84, by: 12) { next.take(sample(time, broken: false)) }
            await next.deliverDue()
            let arrived = server.requests.map(Arrival.init)
            #expect(arrived.map(\.gist) == ["opened page", "opened page", "resolved page"])
            #expect(known(arrived) == Self.whole)
        }
    }

    @Test("the signature that arrives is that of the body that arrives")
    func signed() async throws {
        try await FaultServer.with(FaultScript().replying(.status(200)) { _ in true }) { server in
            let (world, saved, poster) = (World(), Saved(), SocketPoster())
            defer { poster.stop() }
            let desk = desk(world, server, poster, saved: saved)
            desk.take(sample(0, broken: true))
            await desk.deliverDue()
            let request = try #require(server.requests.first)
            let header = try #require(request.values(of: "X-KeeperKit-Signature").first)
            #expect(header.hasPrefix("t=1769698800,v1=") && request.line == "POST /alerts")
            #expect(request.values(of: "Content-Type") == ["application/json"])
            let signature = try Self.python(Array("1769698800.".utf8) + request.body, key: "a shared key")
            #expect(header == "t=1769698800,v1=\(signature)")
        }
    }

    /// A second opinion: HMAC-SHA-256 of Python's standard library.
    private static func python(_ bytes: [UInt8], key: String) throws -> String {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import hashlib,hmac,sys; print(hmac.new(sys.argv[1].encode(), sys.stdin.buffer.read(), hashlib.sha256).hexdigest())",
            key,
        ]
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        input.fileHandleForWriting.write(Data(bytes))
        try input.fileHandleForWriting.close()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
