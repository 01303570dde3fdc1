import EthCodec
import EthPrimitives
import EthRPC
import EthTransports
import Foundation
import KeeperAlerts
import KeeperTestServer
import KeeperTesting
import Synchronization
import Testing

@testable import KeeperApp
@testable import Poker

/// Secrets in files are read again when they change, without a restart.
@Suite("Secrets that change")
struct RotationTests {
    private static let (a, b) = ("canary-token-of-monday", "canary-token-of-tuesday")
    private static let call = RPCRequest(id: 7, method: "eth_call", params: ["0x01"])

    /// What was told of files.
    private final class Told: Sendable {
        private let notices = Mutex<[String]>([])
        var all: [String] { notices.withLock { $0 } }
        @Sendable func hear(_ notice: RotationNotice) { notices.withLock { $0.append("\(notice)") } }
    }

    private let clock = MockClock()
    private let told = Told()

    /// An endpoint of a configuration.
    private func endpoint(_ text: String) throws -> EndpointConfiguration {
        let folder = try ConfigFolder()
        let file = try folder.write("c.yaml", ConfigFolder.least + "rpc: { endpoints: [{ name: own, \(text) }] }\n")
        let common = try KeeperConfiguration.read(ConfigReader(ConfigLoader(path: file, readsNodeVariables: false).load()))
        return try #require(common.nodes.endpoints.first)
    }

    /// A transport whose time the test sets: it stands still otherwise.
    private func transport(_ text: String) throws -> HTTPTransport {
        try HTTPTransport(endpoint(text).source(clock: RPCClock(clock), tell: told.hear), limits: .init(clock: RPCClock(clock)))
    }

    /// The same, and it comes back at once when it is lost.
    private func socket(_ text: String) throws -> WebSocketTransport {
        var limits = WebSocketTransport.Limits()
        limits.clock = RPCClock(clock)
        limits.backoff = Backoff(first: .zero, maximum: .zero)
        return try WebSocketTransport(endpoint(text).source(clock: RPCClock(clock), tell: told.hear), limits: limits)
    }

    private func refusal(_ transport: any Transport) async throws -> String {
        let error = try #require(await #expect(throws: RPCError.self) { try await transport.send([Self.call]) })
        return "\(error) \(error.message) \(error.detail ?? "")"
    }

    private func expectNoSecret(_ texts: [String]) {
        for text in texts {
            #expect(!text.contains("canary") && !text.contains("of-monday") && !text.contains("of-tuesday"), "\(text)")
        }
    }

    @Test("the server takes another token, its file is swapped, and the exchange after that has it")
    func token() async throws {
        let secrets = try SecretFolder(["token": Self.a])
        let door = TokenDoor(Self.a)
        try await FaultServer.with(door.script()) { server in
            let transport = try transport("url: \"\(server.url)\", bearerTokenFile: \(secrets.path("token"))")
            _ = try await transport.send([Self.call])
            door.change(to: Self.b)
            let refused = try await refusal(transport)
            #expect(refused.contains("go away: <secret>"), "\(refused)")
            try secrets.swap(["token": Self.b])
            // No time has passed: the refusal is what makes it look.
            let answers = try await transport.send([Self.call])
            #expect(answers.count == 1)
            let tokens = server.requests.flatMap { $0.values(of: "authorization") }.map {
                $0.replacingOccurrences(of: "Bearer ", with: "")
            }
            #expect(tokens == [Self.a, Self.a, Self.a, Self.b])
            _ = try await transport.send([Self.call])
            #expect(server.requests.last?.values(of: "authorization") == ["Bearer " + Self.b] && server.requests.count == 5)
            #expect(told.all == ["re-read: the files of rpc.endpoints[0].bearerTokenFile"])
            // What was secret stays so.
            door.change(to: "canary-token-of-friday")
            let later = try await refusal(transport)
            #expect(later.contains("go away: <secret> and <secret>"), "today's and the one before: \(later)")
            expectNoSecret([refused, later, String(reflecting: transport)] + told.all)
            var dumped = ""
            dump(transport, to: &dumped)
            expectNoSecret([dumped])
        }
    }

    @Test("files are looked at once a second: a token is there within that time, without any refusal")
    func onceASecond() async throws {
        let secrets = try SecretFolder(["token": Self.a])
        try await FaultServer.with(FaultScript()) { server in
            let transport = try transport("url: \"\(server.url)\", bearerTokenFile: \(secrets.path("token"))")
            func used() async throws -> [String] {
                _ = try await transport.send([Self.call])
                return server.requests.last?.values(of: "authorization") ?? []
            }
            try secrets.swap(["token": Self.b])
            clock.advance(by: .milliseconds(999))
            #expect(try await used() == ["Bearer " + Self.a])
            clock.advance(by: .milliseconds(1))
            #expect(try await used() == ["Bearer " + Self.b])
            #expect(told.all.count == 1)
        }
    }

    @Test("a file that is gone, empty or no secret for a moment changes nothing, and is told once")
    func unreadable() async throws {
        let secrets = try SecretFolder(["token": Self.a])
        try await FaultServer.with(FaultScript()) { server in
            let transport = try transport("url: \"\(server.url)\", bearerTokenFile: \(secrets.path("token"))")
            func used() async throws -> [String] {
                clock.advance(by: .seconds(1))
                _ = try await transport.send([Self.call])
                return server.requests.last?.values(of: "authorization") ?? []
            }
            for bad in [[:], ["token": ""], ["token": " \n"], ["token": "canary\u{7}bell"]] {
                try secrets.swap(bad)
                #expect(try await used() == ["Bearer " + Self.a], "\(bad)")
                #expect(try await used() == ["Bearer " + Self.a], "\(bad)")
            }
            #expect(told.all.count == 1 && told.all[0].contains("stays in use"), "\(told.all)")
            #expect(told.all[0].contains("rpc.endpoints[0].bearerTokenFile: cannot read the file that it names"))
            try secrets.swap(["token": Self.b])
            #expect(try await used() == ["Bearer " + Self.b])
            try secrets.swap([:])
            #expect(try await used() == ["Bearer " + Self.b])
            #expect(told.all.count == 3, "told anew once it was readable between: \(told.all)")
            expectNoSecret(told.all)
        }
    }

    @Test("headers and the URL itself: another host is another host from then on; another kind of URL needs a restart")
    func urlAndHeaders() async throws {
        try await FaultServer.with(FaultScript()) { first in
            try await FaultServer.with(FaultScript()) { second in
                let secrets = try SecretFolder(["url": first.url + "/canary-old", "key": Self.a])
                let transport = try transport("urlFile: \(secrets.path("url")), headers: { X-KeyFile: \(secrets.path("key")) }")
                _ = try await transport.send([Self.call])
                #expect(first.requests.last?.line == "POST /canary-old" && first.requests.last?.values(of: "x-key") == [Self.a])
                try secrets.swap(["url": second.url + "/canary-new", "key": Self.b])
                clock.advance(by: .seconds(1))
                _ = try await transport.send([Self.call])
                #expect(second.requests.last?.line == "POST /canary-new" && second.requests.last?.values(of: "x-key") == [Self.b])
                #expect(first.requests.count == 1)
                try secrets.swap(["url": second.webSocketURL, "key": Self.b])
                clock.advance(by: .seconds(1))
                _ = try await transport.send([Self.call])
                #expect(second.requests.count == 2 && second.upgrades.isEmpty)
                #expect(told.all.count == 2 && told.all[1].contains("restart"), "\(told.all)")
                #expect(told.all[0] == "re-read: the files of rpc.endpoints[0].urlFile, rpc.endpoints[0].headers.X-KeyFile")
                expectNoSecret(told.all)
            }
        }
    }

    @Test("a WebSocket has the new token when it is opened again")
    func webSocket() async throws {
        let secrets = try SecretFolder(["token": Self.a])
        let door = TokenDoor(Self.a)
        try await FaultServer.with(door.script()) { server in
            let transport = try socket("url: \"\(server.webSocketURL)\", bearerTokenFile: \(secrets.path("token"))")
            _ = try await transport.send([Self.call])
            door.change(to: Self.b)
            try secrets.swap(["token": Self.b])
            _ = try await transport.send([Self.call])
            #expect(server.upgrades.count == 1, "an open connection stays")
            await server.resetWebSockets()
            // The loss may be seen after the request went out.
            var answers: [RPCResponse] = []
            for _ in 0..<5 where answers.isEmpty {
                do { answers = try await transport.send([Self.call]) } catch let error as RPCError {
                    expectNoSecret(["\(error)"])
                }
            }
            #expect(!answers.isEmpty)
            #expect(server.upgrades.map { $0.values(of: "authorization") } == [["Bearer " + Self.a], ["Bearer " + Self.b]])
            #expect(told.all.count == 1)
        }
    }

    @Test("a node that is at another place is asked for its chain again: one on another chain is not believed")
    func otherChain() async throws {
        func node(_ chain: String, _ value: JSON) -> FaultScript {
            FaultScript(TestNode { request throws(TestNode.Refusal) in request.method == "eth_chainId" ? .string(chain) : value })
        }
        try await FaultServer.with(node("0x539", "0x01")) { good in
            try await FaultServer.with(node("0x5", "0x02")) { stranger in
                let secrets = try SecretFolder(["url": good.url])
                let source = try endpoint("urlFile: \(secrets.path("url"))").source(clock: RPCClock(clock), tell: told.hear)
                let member = PoolNode(
                    "own", try HTTPTransport(source, limits: .init(clock: RPCClock(clock))), place: { source.number })
                let pool = NodePool([member], chainID: 1337, clock: RPCClock(clock))
                for _ in 0..<2 { _ = try await pool.send([Self.call]) }
                #expect(good.requests.map { $0.calls.map(\.method) } == [["eth_chainId"], ["eth_call"], ["eth_call"]])
                try secrets.swap(["url": stranger.url])
                clock.advance(by: .seconds(1))
                #expect(try await refusal(pool).contains("the node is on another chain"))
                await #expect(throws: WrongChain.self) { try await pool.send([Self.call]) }
                #expect(stranger.requests.map { $0.calls.map(\.method) } == [["eth_chainId"]])
            }
        }
    }

    @Test("receivers of alerts have the new secrets, and the old ones for as long as a file is no good")
    func receivers() throws {
        let secrets = try SecretFolder(["url": "https://canary/old", "key": Self.a])
        let folder = try ConfigFolder()
        let text = """
            alerts:
              sinks:
                - { type: webhook, urlFile: \(secrets.path("url")), secretFile: \(secrets.path("key")) }
                - { type: pagerduty, routingKeyFile: \(secrets.path("key")), minimum: page }
            """
        let path = try folder.write("c.yaml", ConfigFolder.least + text)
        let wiring = try Wiring<Poker>(ConfigLoader(path: path, readsNodeVariables: false))
        let sinks = try wiring.sinks(clock: RPCClock(clock), tell: told.hear)
        func values() -> [String] {
            clock.advance(by: .seconds(1))
            return sinks.current().value.flatMap { sink -> [String] in
                switch sink.service {
                case .webhook(let url, let key): [url.reveal(), key?.reveal() ?? ""]
                case .pagerDuty(let key, _): [key.reveal()]
                default: []
                }
            }
        }
        #expect(values() == ["https://canary/old", Self.a, Self.a])
        try secrets.swap(["url": "https://canary/new", "key": ""])
        #expect(values() == ["https://canary/old", Self.a, Self.a], "all of them or none")
        try secrets.swap(["url": "https://canary/new", "key": Self.b])
        #expect(values() == ["https://canary/new", Self.b, Self.b])
        #expect(sinks.current().value.map(\.name) == ["webhook1", "pagerduty2"])
        #expect(
            told.all.count == 2 && told.all[0].contains("alerts.sinks[0].secretFile: the file that it names is empty"),
            "\(told.all)")
        expectNoSecret(told.all)
    }

    @Test("a file is another one when it is written anew, replaced by one that looks the same, or a link leads elsewhere")
    func identity() throws {
        let folder = try ConfigFolder()
        let path = try folder.write("secret", "same")
        let first = try #require(FileIdentity(path: path))
        #expect(FileIdentity(path: path) == first && FileIdentity(path: path + "-not") == nil)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let copy = try folder.write("copy", "same")
        try FileManager.default.setAttributes([.modificationDate: attributes[.modificationDate] ?? Date()], ofItemAtPath: copy)
        try #require(rename(copy, path) == 0)
        let second = try #require(FileIdentity(path: path))
        #expect(second != first)
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.write(contentsOf: Data("other".utf8))
        try handle.close()
        #expect(FileIdentity(path: path) != second)
        let link = folder.url.appending(path: "link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(FileIdentity(path: link) == FileIdentity(path: path))
    }
}
