import NIOCore
import NIOPosix
import NIOSSL

/// A node on a real loopback socket that fails as its script says, over HTTP/1.1 and WebSocket on one port.
///
/// It counts and keeps what arrives. Whatever a test waits for is an event, never a time; all of it ends with the scope:
///
///     try await FaultServer.with(FaultScript().replying(.html, to: 0)) { server in
///         let transport = try HTTPTransport(label: "own", url: SecretText(server.url))
///         …
///     }
public final class FaultServer: Sendable {
    let script: FaultScript
    let state = Watched(ServerState())
    /// Where it listens.
    public let port: Int
    private let isSecure: Bool
    private let listener: any Channel
    private let accepted: AsyncStream<RawChannel>.Continuation
    private let running: Task<Void, Never>

    /// Starts a server on a free port of the loopback interface.
    /// - Parameters:
    ///   - tls: speaks HTTPS and secure WebSockets instead.
    ///   - remembers: whether what arrives is kept, as tests want it, and servers that run for long do not.
    /// - Throws: NIO's error when no socket can be opened.
    public static func start(
        _ script: FaultScript = FaultScript(), tls: ServerTLS? = nil, remembers: Bool = true
    ) async throws -> FaultServer {
        // Connections come by a stream of ours: whatever is still in it when the server stops is served, and closed by that.
        let (connections, accepted) = AsyncStream.makeStream(of: RawChannel.self)
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.context)) }
                    let raw = try RawChannel(wrappingChannelSynchronously: channel)
                    guard case .terminated = accepted.yield(raw) else { return }
                    // Accepted while the server stops: closed without a word.
                    Task { try? await raw.executeThenClose { _, _ in } }  // see above
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return FaultServer(script, listener, connections, accepted, remembers, isSecure: tls != nil)
    }

    /// Runs a server for as long as the closure runs.
    /// - Throws: what the closure throws.
    public static func with<T>(
        _ script: FaultScript = FaultScript(), tls: ServerTLS? = nil, _ body: (FaultServer) async throws -> T
    ) async throws -> T {
        let server = try await start(script, tls: tls)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    private init(
        _ script: FaultScript, _ listener: any Channel, _ connections: AsyncStream<RawChannel>,
        _ accepted: AsyncStream<RawChannel>.Continuation, _ remembers: Bool, isSecure: Bool
    ) {
        self.isSecure = isSecure
        self.script = script
        self.listener = listener
        self.accepted = accepted
        port = listener.localAddress?.port ?? 0
        let (script, state) = (script, state)
        state.with { $0.remembers = remembers }
        running = Task(executorPreference: ServerThreads.shared) {
            await withDiscardingTaskGroup { group in
                for await channel in connections {
                    group.addTask { await ServerConnection.serve(channel, script, state) }
                }
                group.cancelAll()
            }
        }
    }

    /// Closes all connections and the port.
    public func stop() async {
        // A server that was stopped before has no listener.
        try? await listener.close()
        accepted.finish()
        await running.value
    }

    /// `http://127.0.0.1:PORT`, or `https`.
    public var url: String { "http\(isSecure ? "s" : "")://127.0.0.1:\(port)" }
    /// `ws://127.0.0.1:PORT`, or `wss`.
    public var webSocketURL: String { "ws\(isSecure ? "s" : "")://127.0.0.1:\(port)" }
}
