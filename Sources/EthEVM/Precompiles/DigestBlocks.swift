/// Blocks of 64 bytes as SHA-256 and RIPEMD-160 take them: the message, a one bit, zeros, and the number of its bits in eight bytes.
enum DigestBlocks {
    static let size = 64

    /// Gives each block to `compress`; those of the message lie where it does, only the last one or two are copied.
    @inline(__always)
    static func forEach(
        of message: UnsafeRawBufferPointer, lengthIsBigEndian: Bool, _ compress: (UnsafeRawPointer) -> Void
    ) {
        let whole = message.count & ~(size - 1)
        if let start = message.baseAddress {
            var offset = 0
            while offset < whole {
                compress(start + offset)
                offset &+= size
            }
        }
        let rest = UnsafeRawBufferPointer(rebasing: message[whole...])
        // Nine bytes are added at least.
        let tail = rest.count + 9 <= size ? size : 2 * size
        withUnsafeTemporaryAllocation(byteCount: 2 * size, alignment: 8) { buffer in
            buffer.initializeMemory(as: UInt8.self, repeating: 0)
            buffer.copyMemory(from: rest)
            buffer[rest.count] = 0x80
            let bits = UInt64(message.count) &* 8
            buffer.storeBytes(of: lengthIsBigEndian ? bits.bigEndian : bits.littleEndian, toByteOffset: tail - 8, as: UInt64.self)
            guard let start = UnsafeRawPointer(buffer.baseAddress) else { return }
            compress(start)
            if tail > size { compress(start + size) }
        }
    }
}
