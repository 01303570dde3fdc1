extension UInt256 {
    /// The 32 big-endian bytes of the word, as the ABI and the EVM lay it out.
    @inlinable
    public var bigEndianBytes: B256 {
        B256(unsafeFilledBy: { buffer in
            withUnsafeBytes(of: (limb3.bigEndian, limb2.bigEndian, limb1.bigEndian, limb0.bigEndian)) {
                buffer.copyMemory(from: $0)
            }
        })
    }

    /// Reads a 32-byte big-endian word.
    @inlinable
    public init(bigEndian word: B256) {
        self = word.withUnsafeBytes { Self(bigEndianBytes: $0) }
    }

    /// Reads up to 32 big-endian bytes; shorter input counts as left-padded with zeros. The caller guarantees `count <= 32`.
    @inlinable
    public init(bigEndianBytes bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= 32, "a 256-bit word has at most 32 bytes")
        if bytes.count == 32 {
            self.init(wordAt: bytes)
            return
        }
        var word: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        self = withUnsafeMutableBytes(of: &word) { word in
            UnsafeMutableRawBufferPointer(rebasing: word[(32 - bytes.count)...]).copyMemory(from: bytes)
            return Self(wordAt: UnsafeRawBufferPointer(word))
        }
    }

    /// Reads 32 big-endian bytes.
    @inlinable
    init(wordAt bytes: UnsafeRawBufferPointer) {
        self.init(
            limbs: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)),
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)))
    }

    /// Reads up to 32 big-endian bytes, `nil` if there are more.
    @inlinable
    public init?(bigEndianBytes bytes: some Collection<UInt8>) {
        guard bytes.count <= 32 else { return nil }
        let inPlace = bytes.withContiguousStorageIfAvailable { Self(bigEndianBytes: UnsafeRawBufferPointer($0)) }
        self = inPlace ?? Array(bytes).withUnsafeBytes { Self(bigEndianBytes: $0) }
    }

    /// The big-endian bytes without leading zeros; empty for zero (the scalar form of RLP).
    public var minimalBigEndianBytes: [UInt8] {
        let zeros = leadingZeroBitCount / 8
        return bigEndianBytes.withUnsafeBytes { Array($0[zeros...]) }
    }
}
