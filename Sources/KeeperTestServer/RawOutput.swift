import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A connection as bytes, without any protocol.
typealias RawChannel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

/// A connection's way out.
struct RawOutput: Sendable {
    let channel: any Channel
    let writer: NIOAsyncChannelOutboundWriter<ByteBuffer>
    /// Called with the number of bytes that went out.
    let sent: @Sendable (Int) -> Void

    /// - Throws: NIO's error when the client is gone.
    func write(_ bytes: [UInt8]) async throws {
        try await writer.write(ByteBuffer(bytes: bytes))
        sent(bytes.count)
    }

    /// Sends a WebSocket frame.
    func write(opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) async throws {
        try await write(SocketFrame(opcode: opcode, isFinal: isFinal, payload: payload).bytes)
    }

    /// Ends the connection with a reset: closing with a linger time of zero throws away what was not sent.
    func reset() async {
        // A connection that the client has closed meanwhile needs no reset.
        try? await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        await close()
    }

    func close() async {
        // As above.
        try? await channel.close()
    }
}
