/// Keccak-256 with the original padding (0x01), the hash of Ethereum: one-shot and streaming, in constant memory and without the heap.
///
/// Source: the Keccak reference, rate 1088 bits, capacity 512, 24 rounds.
public struct Keccak256: Sendable {
    /// Bytes absorbed by one permutation.
    static let rate = 136

    private var lanes = KeccakLanes()
    /// Where the next byte goes, below `rate`.
    private var position = 0

    public init() {}

    /// Absorbs bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var index = 0
        while position & 7 != 0, index < bytes.count {
            absorb(bytes[index])
            index += 1
        }
        while position > 0, bytes.count - index >= 8 {
            absorb(Self.lane(bytes, index))
            index += 8
        }
        while bytes.count - index >= Self.rate {
            for lane in 0..<Self.rate / 8 { lanes.add(Self.lane(bytes, index + lane * 8), at: lane) }
            lanes.permute()
            index += Self.rate
        }
        while bytes.count - index >= 8 {
            absorb(Self.lane(bytes, index))
            index += 8
        }
        while index < bytes.count {
            absorb(bytes[index])
            index += 1
        }
    }

    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// The hash of everything absorbed so far; further updates go on from there.
    public func finalize() -> B256 {
        var copy = self
        return copy.finish()
    }

    /// The hash of one byte string.
    public static func hash(_ bytes: [UInt8]) -> B256 { bytes.withUnsafeBytes { hash($0) } }

    /// The hash of a text's UTF-8 bytes, such as a signature.
    public static func hash(_ text: String) -> B256 {
        var text = text
        return text.withUTF8 { hash(UnsafeRawBufferPointer($0)) }
    }

    public static func hash(_ bytes: UnsafeRawBufferPointer) -> B256 {
        var hasher = Self()
        hasher.update(bytes)
        return hasher.finish()
    }

    private static func lane(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    private mutating func absorb(_ byte: UInt8) {
        lanes.add(UInt64(byte) &<< UInt64(8 * (position & 7)), at: position >> 3)
        advance(by: 1)
    }

    /// The position is at the start of a lane.
    private mutating func absorb(_ lane: UInt64) {
        lanes.add(lane, at: position >> 3)
        advance(by: 8)
    }

    private mutating func advance(by count: Int) {
        position += count
        guard position == Self.rate else { return }
        lanes.permute()
        position = 0
    }

    /// Pads and reads the hash; the hasher is of no use afterwards.
    private mutating func finish() -> B256 {
        lanes.add(0x01 &<< UInt64(8 * (position & 7)), at: position >> 3)
        lanes.add(0x80 << 56, at: Self.rate / 8 - 1)
        lanes.permute()
        return lanes.digest
    }
}
