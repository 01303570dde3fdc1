import EthRPC
import NIOCore
import NIOWebSocket

/// Turns frames into events and answers those that the protocol wants answered (RFC 6455, section 5.5).
final class WebSocketFrames: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    enum Event: Sendable {
        case text([UInt8])
        case binary
        /// A ping or a pong.
        case sign
        /// The last event.
        case ended(RPCError)
    }

    private let report: @Sendable (Event) -> Void
    private var reason: RPCError?

    init(_ report: @escaping @Sendable (Event) -> Void) { self.report = report }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .text: report(.text(Array(frame.unmaskedData.readableBytesView)))
        case .binary: report(.binary)
        case .ping:
            let pong = WebSocketFrame(fin: true, opcode: .pong, maskKey: .random(), data: frame.unmaskedData)
            context.writeAndFlush(wrapOutboundOut(pong), promise: nil)
            report(.sign)
        case .pong: report(.sign)
        case .connectionClose:
            let code = frame.unmaskedData.getInteger(at: frame.unmaskedData.readerIndex, as: UInt16.self)
            let said = code.map { " (code \($0))" } ?? ""
            reason = reason ?? RPCError(.connectionLost, "the node closed the connection\(said)")
            let close = WebSocketFrame(fin: true, opcode: .connectionClose, maskKey: .random(), data: frame.unmaskedData)
            context.writeAndFlush(wrapOutboundOut(close), promise: nil)
            context.close(promise: nil)
        default: end(context, RPCError(.protocolViolation, "a frame of an unknown kind"))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOWebSocketError.invalidFrameLength, NIOWebSocketFrameAggregator.Error.accumulatedFrameSizeIsTooLarge,
            NIOWebSocketFrameAggregator.Error.tooManyFragments:
            end(context, RPCError(.tooLarge, "a message exceeds the allowed size"))
        case is NIOWebSocketError, is NIOWebSocketFrameAggregator.Error:
            end(context, RPCError(.protocolViolation, "a frame where the WebSocket protocol allows none"))
        default: end(context, RPCError(.connectionLost, "the connection broke"))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        report(.ended(reason ?? RPCError(.connectionLost, "the connection broke")))
        context.fireChannelInactive()
    }

    private func end(_ context: ChannelHandlerContext, _ error: RPCError) {
        reason = reason ?? error
        context.close(promise: nil)
    }
}
