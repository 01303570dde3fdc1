import EthPrimitives
import EthRPC
import NIOCore
import NIOPosix
import NIOSSL
import NIOWebSocket

/// One open WebSocket.
struct WebSocketConnection: Sendable {
    private let channel: any Channel

    /// Opens a WebSocket.
    /// - Parameters:
    ///   - maximumBytes: a longer message ends the connection.
    ///   - report: called for each event, one after the other, with `ended` as the last; perhaps before this function returns.
    /// - Throws: `RPCError` when there is no connection, or the server refuses; `CancellationError`.
    static func open(
        _ endpoint: Endpoint, maximumBytes: Int, _ report: @escaping @Sendable (WebSocketFrames.Event) -> Void
    ) async throws -> WebSocketConnection {
        let url = try endpoint.parts(EndpointURL.Scheme.webSockets)
        let headers = endpoint.headers.map { (name: $0.name, value: $0.value.reveal()) }
        do {
            let security = url.scheme.isSecure ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
            let (channel, handshake) = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: url.host, port: url.port) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let security {
                            try channel.pipeline.syncOperations.addHandler(tls(security, url.host))
                        }
                        let frames = Self.handlers(maximumBytes, report)
                        return (channel, try WebSocketHandshake.add(to: channel, url, headers, frames: frames))
                    }
                }
            try await withTaskCancellationHandler {
                try await handshake.get()
            } onCancel: {
                channel.close(promise: nil)
            }
            return WebSocketConnection(channel: channel)
        } catch {
            try Task.checkCancellation()
            let failure = NetworkFailure.error(for: error)
            // Whatever broke before the WebSocket was one carried no request.
            guard let lost = failure as? RPCError, lost.code == .connectionLost else { throw failure }
            throw RPCError(.unreachable, "the connection broke before it became a WebSocket")
        }
    }

    /// The handler that encrypts. Servers are told by name only; an address has none (RFC 6066, section 3).
    private static func tls(_ context: NIOSSLContext, _ host: String) throws -> NIOSSLClientHandler {
        // What is no address is a name.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }

    private static func handlers(
        _ maximumBytes: Int, _ report: @escaping @Sendable (WebSocketFrames.Event) -> Void
    ) -> [any ChannelHandler] {
        let maximum = min(maximumBytes, Int(UInt32.max))
        return [
            WebSocketFrameEncoder(), ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: maximum)),
            // geth sends long messages in fragments of its buffer's size; 256 bytes are below anybody's.
            NIOWebSocketFrameAggregator(
                minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: max(1024, maximum / 256), maxAccumulatedFrameSize: maximum),
            WebSocketFrames(report),
        ]
    }

    func send(_ text: [UInt8]) { write(.text, ByteBuffer(bytes: text)) }

    func ping() { write(.ping, ByteBuffer()) }

    /// Ends the connection with a word of goodbye: 1000, all done (RFC 6455, section 7.4.1).
    func close() {
        write(.connectionClose, ByteBuffer(integer: UInt16(1000)))
        // After the frame, which goes the same way.
        channel.eventLoop.execute { channel.close(promise: nil) }
    }

    /// Never runs handlers before it returns: callers hold locks.
    private func write(_ opcode: WebSocketOpcode, _ data: ByteBuffer) {
        channel.eventLoop.execute {
            channel.writeAndFlush(WebSocketFrame(fin: true, opcode: opcode, maskKey: .random(), data: data), promise: nil)
        }
    }
}
