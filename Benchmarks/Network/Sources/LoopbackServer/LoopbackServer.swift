import Foundation
import NIOCore
import NIOPosix

/// A node that knows one answer: 32 bytes to every request, whatever it asks. It prints its port and serves until its input ends.
@main
enum LoopbackServer {
    static func main() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Answering()) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        FileHandle.standardOutput.write(Data("\(server.localAddress?.port ?? 0)\n".utf8))
        while readLine() != nil {}
        try await server.close()
        try await group.shutdownGracefully()
    }
}

/// HTTP/1.1 with keep-alive, as far as clients of this benchmark speak it: a POST with a length.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var received = ByteBuffer()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        received.writeBuffer(&part)
        var out = context.channel.allocator.buffer(capacity: 16_384)
        while let body = nextBody() { answer(body, &out) }
        received.discardReadBytes()
        if out.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(out), promise: nil) }
    }

    /// The body of the next request that is there as a whole.
    private func nextBody() -> ByteBufferView? {
        let view = received.readableBytesView
        guard let head = view.firstRange(of: "\r\n\r\n".utf8) else { return nil }
        let fields = String(decoding: view[..<head.lowerBound], as: UTF8.self).lowercased()
        guard let name = fields.firstRange(of: "content-length:"),
            let length = Int(fields[name.upperBound...].prefix { !$0.isNewline }.drop { $0 == " " })
        else { return nil }
        guard view.distance(from: head.upperBound, to: view.endIndex) >= length else { return nil }
        let body = view[head.upperBound..<(head.upperBound + length)]
        received.moveReaderIndex(to: head.upperBound + length)
        return body
    }

    private func answer(_ body: ByteBufferView, _ out: inout ByteBuffer) {
        var answers = ByteBuffer()
        let isBatch = body.first == UInt8(ascii: "[")
        if isBatch { answers.writeString("[") }
        var isFirst = true
        body.withUnsafeBytes { bytes in
            var index = 0
            while index + 6 < bytes.count {
                guard bytes[index] == 0x22, bytes[index + 1] == UInt8(ascii: "i"), bytes[index + 2] == UInt8(ascii: "d"),
                    bytes[index + 3] == 0x22, bytes[index + 4] == UInt8(ascii: ":")
                else {
                    index += 1
                    continue
                }
                index += 5
                if bytes[index] == 0x20 { index += 1 }
                let start = index
                while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 { index += 1 }
                answers.writeString(isFirst ? "{\"jsonrpc\":\"2.0\",\"id\":" : ",{\"jsonrpc\":\"2.0\",\"id\":")
                answers.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
                answers.writeString(",\"result\":\"0x00000000000000000000000000000000000000000000003635c9adc5dea00000\"}")
                isFirst = false
            }
        }
        if isBatch { answers.writeString("]") }
        out.writeString("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: \(answers.readableBytes)\r\n\r\n")
        out.writeBuffer(&answers)
    }
}
