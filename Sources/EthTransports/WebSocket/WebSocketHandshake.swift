import EthRPC
import NIOCore
import NIOHTTP1
import NIOWebSocket

/// Asks for a WebSocket (RFC 6455, section 4.1) and gives the connection over to its frames when the server agrees.
final class WebSocketHandshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let head: HTTPRequestHead
    private let upgrader: NIOWebSocketClientUpgrader
    private let encoder: HTTPRequestEncoder
    private let decoder: ByteToMessageHandler<HTTPResponseDecoder>
    private let frames: [any ChannelHandler]
    private let done: EventLoopPromise<Void>
    /// Set when the server has agreed: what comes then is no HTTP and goes on as it is.
    private var isOver = false

    /// Puts a handshake into a new channel.
    /// - Parameter frames: the handlers that take over.
    /// - Returns: completes when the channel is a WebSocket; fails with `RPCError` where the server refuses.
    static func add(
        to channel: any Channel, _ url: EndpointURL, _ headers: [(name: String, value: String)], frames: [any ChannelHandler]
    ) throws -> EventLoopFuture<Void> {
        let done = channel.eventLoop.makePromise(of: Void.self)
        let handshake = WebSocketHandshake(url, headers, frames, done)
        try channel.pipeline.syncOperations.addHandlers([handshake.encoder, handshake.decoder, handshake])
        return done.futureResult
    }

    private init(
        _ url: EndpointURL, _ headers: [(name: String, value: String)], _ frames: [any ChannelHandler],
        _ done: EventLoopPromise<Void>
    ) {
        upgrader = NIOWebSocketClientUpgrader { channel, _ in channel.eventLoop.makeSucceededVoidFuture() }
        var all = HTTPHeaders([("Host", url.hostAndPort), ("Connection", "Upgrade"), ("Upgrade", "websocket")])
        upgrader.addCustom(upgradeRequestHeaders: &all)
        for (name, value) in headers { all.replaceOrAdd(name: name, value: value) }
        head = HTTPRequestHead(version: .http1_1, method: .GET, uri: url.target, headers: all)
        encoder = HTTPRequestEncoder()
        decoder = ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .forwardBytes))
        self.frames = frames
        self.done = done
    }

    func channelActive(context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return context.fireChannelRead(data) }
        switch unwrapInboundIn(data) {
        case .head(let response):
            guard response.status != .switchingProtocols || !upgrader.shouldAllowUpgrade(upgradeResponse: response) else {
                return
            }
            done.fail(Self.refusal(response))
            context.close(promise: nil)
        case .body: break
        case .end:
            isOver = true
            switchOver(context)
        }
    }

    /// Order matters: no frame may meet the HTTP encoder, and bytes that the decoder has kept are frames already.
    private func switchOver(_ context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        pipeline.removeHandler(encoder).assumeIsolated().whenComplete { _ in
            do {
                try pipeline.addHandlers(self.frames, position: .after(self))
            } catch {
                return self.done.fail(error)
            }
            pipeline.removeHandler(self.decoder).assumeIsolated().whenComplete { _ in
                self.done.succeed()
                pipeline.removeHandler(self, promise: nil)
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        done.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        done.fail(RPCError(.unreachable, "the connection broke before it became a WebSocket"))
        context.fireChannelInactive()
    }

    /// The last word where nothing else was said: a channel that never connects has no other end.
    func handlerRemoved(context: ChannelHandlerContext) { done.fail(RPCError(.unreachable, "no connection")) }

    private static func refusal(_ response: HTTPResponseHead) -> RPCError {
        let status = Int(response.status.code)
        let retryAfter = RetryAfter.duration(
            response.headers.first(name: "retry-after"), answeredAt: response.headers.first(name: "date"))
        if status == 429 || status == 503 && retryAfter != nil {
            return RPCError(.rateLimited(retryAfter: retryAfter), "HTTP status \(status) instead of a WebSocket")
        }
        if status == 101 { return RPCError(.protocolViolation, "the server agreed to a WebSocket, but not to ours") }
        return RPCError(.httpStatus(status), "HTTP status \(status) instead of a WebSocket")
    }
}
