import NIOCore

/// Bytes of a connection, asked for by length or by what they end with.
struct ByteSource {
    private var stream: AsyncStream<ByteBuffer>.Iterator
    private var buffer = ByteBuffer()

    init(_ stream: AsyncStream<ByteBuffer>) { self.stream = stream.makeAsyncIterator() }

    /// The next so many bytes; `nil` where the connection ends before.
    mutating func next(_ count: Int) async -> [UInt8]? {
        while buffer.readableBytes < count { guard await fill() else { return nil } }
        return buffer.readBytes(length: count)
    }

    /// The bytes up to an ending and with it; `nil` where the connection ends before.
    mutating func next(through ending: String) async -> [UInt8]? {
        let ending = Array(ending.utf8)
        while true {
            if let range = buffer.readableBytesView.firstRange(of: ending) {
                return buffer.readBytes(length: range.upperBound - buffer.readerIndex)
            }
            guard await fill() else { return nil }
        }
    }

    private mutating func fill() async -> Bool {
        guard var more = await stream.next(isolation: #isolation) else { return false }
        buffer.discardReadBytes()
        buffer.writeBuffer(&more)
        return true
    }
}
