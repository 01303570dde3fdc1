import EthPrimitives
import EthRPC
import Foundation
import Testing

@testable import KeeperApp

@Suite("The nodes in the configuration")
struct NodesConfigurationTests {
    private static func read(_ rpc: String, chain: String = "{ id: 1337 }") throws -> KeeperConfiguration {
        let file = FileManager.default.temporaryDirectory.appending(path: "nodes-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }  // the folder is temporary anyway
        try "version: 1\nname: test\nchain: \(chain)\nrpc:\n\(rpc)\n".write(to: file, atomically: true, encoding: .utf8)
        let root = try ConfigReader(try ConfigLoader(path: file.path, readsNodeVariables: false).load())
        let common = try KeeperConfiguration.read(root)
        try root.rejectUnknownKeys()
        return common
    }

    private static let two =
        "  endpoints: [{ name: a, url: \"http://a\" }, { name: b, url: \"http://b\", computeUnitsPerSecond: 330 }]"

    @Test("several endpoints, in their order, with their limits")
    func several() throws {
        let nodes = try Self.read(Self.two + "\n  quorum: 2\n  timeout: 6s\n  attempts: 4\n  hedge: true\n  coolDown: 30s").nodes
        #expect(nodes.endpoints.map(\.name) == ["a", "b"] && nodes.endpoints.map(\.computeUnitsPerSecond) == [nil, 330])
        #expect(nodes.quorum == 2)
        let settings = nodes.settings
        #expect(settings.timeout == .seconds(6) && settings.attemptTimeout == .seconds(3) && settings.attempts == 4)
        #expect(settings.hedges && settings.coolDown == .seconds(30))
    }

    @Test("defaults: one node decides, ten seconds, three attempts, no hedging; a single node may take all the time")
    func defaults() throws {
        let nodes = try Self.read("  endpoints: [{ url: \"http://a\" }]").nodes
        #expect(nodes.quorum == 1 && nodes.settings == PoolSettings() && nodes.endpoints.map(\.name) == ["node1"])
    }

    @Test("no time at all is no time limit; a file of aliases of aliases is refused before it fills the memory")
    func limits() throws {
        let none = #expect(throws: ConfigError.self) { try Self.read("  endpoints: [{ url: \"http://a\" }]\n  timeout: 0s") }
        #expect(none?.description.contains("rpc.timeout") == true && none?.description.contains("at least 1s") == true)
        let bomb = (1...12).map { "l\($0): &l\($0) [\(Array(repeating: "*l\($0 - 1)", count: 9).joined(separator: ", "))]" }
        let lines = ["l0: &l0 [x, x]"] + bomb
        #expect(throws: ConfigError.self) { try Self.read("  endpoints: []\n" + lines.joined(separator: "\n")) }
    }

    @Test("one URL under two names is no second node")
    func repeated() throws {
        let same = "  endpoints: [{ name: a, url: \"http://x/1\" }, { name: b, url: \"http://x/1/\" }]"
        let error = #expect(throws: ConfigError.self) { try Self.read(same).nodes.rejectRepeatedURLs() }
        #expect(error?.description.contains("a and b have the same URL") == true && error?.description.contains("x/1") == false)
        try Self.read(Self.two).nodes.rejectRepeatedURLs()
    }

    @Test("tokens and headers are references, read only when they are needed")
    func secrets() throws {
        let nodes = try Self.read(
            "  endpoints: [{ urlFile: /no/such/file, bearerTokenFile: /no/token, headers: { X-Api-KeyFile: /no/key, X-Plain: \"${NOT_SET}\" } }]"
        ).nodes
        let endpoint = try #require(nodes.endpoints.first)
        #expect(endpoint.headers.map(\.name) == ["X-Api-Key", "X-Plain"] && endpoint.bearerToken?.isFile == true)
        #expect(endpoint.host == nil, "a URL in a file is not read for its host")
        #expect(throws: ConfigError.self) { try endpoint.url.read() }
    }

    @Test(
        "what cannot be meant is an error that names its key",
        arguments: [
            (two + "\n  quorum: 3", "rpc.quorum"), (two + "\n  quorum: 0", "rpc.quorum"),
            (two + "\n  attempts: 0", "rpc.attempts"),
            (two + "\n  quorums: 1", "rpc.quorums"), ("  endpoints: [{ url: \"http://a\", rate: 3 }]", "rpc.endpoints[0].rate"),
            ("  endpoints: [{ name: a, url: x }, { name: a, url: y }]", "rpc.endpoints[1].name"),
            ("  endpoints: [{ name: a }]", "rpc.endpoints[0].url"),
            ("  endpoints: [{ url: x, computeUnitsPerSecond: 0 }]", "rpc.endpoints[0].computeUnitsPerSecond"),
        ])
    func errors(rpc: String, key: String) {
        let error = #expect(throws: ConfigError.self) { try Self.read(rpc) }
        #expect(error?.key == key, "\(error.map(\.description) ?? "")")
    }

    @Test("a chain's presets fill what the file leaves out; the file wins")
    func presets() throws {
        let mainnet = try Self.read(Self.two, chain: "{ id: 1 }")
        #expect(mainnet.chainlog == ChainPreset.mainnet.chainlog && mainnet.slots == SlotTiming(length: 12, phase: 11))
        let own = try Self.read(
            Self.two, chain: "{ id: 1, chainlog: \"0x00000000000000000000000000000000000000ff\", slotLength: 5s, slotPhase: 2s }")
        #expect(own.chainlog != ChainPreset.mainnet.chainlog && own.slots == SlotTiming(length: 5, phase: 2))
        #expect(try Self.read(Self.two).slots == nil)
        #expect(throws: ConfigError.self) { try Self.read(Self.two, chain: "{ id: 5, slotPhase: 2s }") }
        #expect(throws: ConfigError.self) { try Self.read(Self.two, chain: "{ id: 5, slotLength: 0s }") }
        let virtual = try Self.read("  endpoints: [{ url: \"https://virtual.mainnet.rpc.tenderly.co/abc\" }]", chain: "{ id: 1 }")
        #expect(virtual.slots == nil && virtual.chainlog == ChainPreset.mainnet.chainlog)
    }
}
