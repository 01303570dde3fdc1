import EthPrimitives
import KeeperAlerts
import KeeperCore
import Testing

/// Keys of incidents, as the book makes them: who shares one.
@Suite("Keys of incidents")
struct AlertScopeTests {
    /// The keys of what is open after a keeper saw something for a while.
    private func keys(_ settings: AlertSettings, _ change: @escaping (inout KeeperSample) -> Void) throws -> [String] {
        var watch = Watch()
        watch.settings = settings
        watch.restarts = false
        _ = try watch.run(0...7200, change)
        return watch.book.open(settings).map(\.key)
    }

    @Test("a primary and its backup share what is about the work")
    func work() throws {
        var other = Scene.settings
        (other.keeper, other.account, other.nodes) = ("poker-b", Address.zero, ["else"])
        #expect(try keys(Scene.settings, Scene.due(0)) == ["task/1/PIP_ETH+PIP_SKY/late"])
        #expect(try keys(other, Scene.due(0)) == ["task/1/PIP_ETH+PIP_SKY/late"])
    }

    @Test("keepers with the same nodes, in whatever order, share an outage; others do not")
    func nodes() throws {
        let blind: (inout KeeperSample) -> Void = { $0.blindSince = Scene.start }
        var other = Scene.settings
        (other.keeper, other.nodes) = ("allocator", ["hosted", "own"])
        let keys = try keys(Scene.settings, blind)
        #expect(keys == ["nodes/1/hosted+own/nodes-unusable"])
        #expect(try self.keys(other, blind) == keys)
        other.nodes = ["hosted"]
        #expect(try self.keys(other, blind) != keys)
        (other.nodes, other.chain) = (["hosted", "own"], 100)
        #expect(try self.keys(other, blind) != keys)
    }

    @Test("what concerns an account or a process is its own")
    func own() throws {
        let account = try #require(Scene.settings.account)
        let troubles: (inout KeeperSample) -> Void = { sample in
            sample.troubles = [.init(.store, "full", since: Scene.start), .init(.account, "unknown", since: Scene.start)]
        }
        #expect(
            try keys(Scene.settings, troubles) == ["account/1/\(account)/account-unknown", "keeper/poker-a/store-fails"])
        var dry = Scene.settings
        dry.account = nil
        #expect(try keys(dry, troubles) == ["account/poker-a/account-unknown", "keeper/poker-a/store-fails"])
    }

    @Test("a key is never longer than a receiver takes, and long ones differ where they should")
    func length() throws {
        var settings = Scene.settings
        settings.nodes = (0..<40).map { "a-node-with-a-long-name-\($0)" }
        let blind: (inout KeeperSample) -> Void = { $0.blindSince = Scene.start }
        let long = try #require(try keys(settings, blind).first)
        settings.nodes[3] = "another"
        let other = try #require(try keys(settings, blind).first)
        #expect(long.utf8.count <= 200 && long.hasPrefix("nodes/0x") && long.hasSuffix("/nodes-unusable"))
        #expect(long != other)
    }
}
