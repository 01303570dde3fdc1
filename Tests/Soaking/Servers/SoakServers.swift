import EthCodec
import Foundation
import KeeperTestServer

/// The nodes, in a process of their own: their memory and their sockets are not those that are measured.
public enum SoakServers {
    /// The first argument of such a process.
    public static let verb = "serve"
    static let count = 3
    private static let slot = Duration.seconds(1)

    /// Serves until the standard input ends, as it does when the parent is gone; says its ports first, and the faults last.
    public static func serve(seed: UInt64) async throws {
        let node = SoakNode()
        let mixes = (0..<UInt64(count)).map { FaultMix(seed: seed &+ $0) }
        var servers: [FaultServer] = []
        for mix in mixes { servers.append(try await FaultServer.start(mix.script(node), remembers: false)) }
        say(.array(servers.map { .integer($0.port) }))
        let growing = Task { [servers] in
            while true {
                try await Task.sleep(for: slot)
                let head = node.grow()
                for server in servers { await server.publish("newHeads", head) }
            }
        }
        await withCheckedContinuation { ended in
            Thread.detachNewThread {
                while !FileHandle.standardInput.availableData.isEmpty {}
                ended.resume()
            }
        }
        growing.cancel()
        let faults = mixes.map(\.served).reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        let requests = servers.reduce(0) { $0 + $1.requestCount }
        say(
            .object(
                [.init("requests", .integer(requests))]
                    + faults.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }))
        for server in servers { await server.stop() }
    }

    private static func say(_ json: JSON) {
        FileHandle.standardOutput.write(Data(JSONWriter.bytes(of: json) + [0x0A]))
    }
}
