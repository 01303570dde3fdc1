import EthPrimitives

/// What a precompiled contract is called with: behind its end follow zeros without end.
struct PrecompileInput {
    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The 32 bytes from `offset` on as a number.
    func word(at offset: Int) -> UInt256 {
        if offset <= bytes.count &- 32 { return UInt256(bigEndianBytes: slice(at: offset, 32)) }
        let slice = slice(at: offset, 32)
        return UInt256(bigEndianBytes: slice) << (256 - 8 * slice.count)
    }

    /// Of `count` bytes from `offset` on those that are there; zeros follow them.
    func slice(at offset: Int, _ count: Int) -> UnsafeRawBufferPointer {
        guard offset < bytes.count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + min(count, bytes.count - offset))])
    }
}
