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
        guard var next = bytes.baseAddress else { return }
        var left = bytes.count
        if position > 0 {
            // Up to the next lane by bytes, up to the end of the block by lanes.
            while position & 7 != 0, left > 0 { absorb(byteOf: &next, &left) }
            while position > 0, left >= 8 { absorb(laneOf: &next, &left) }
        }
        if left >= Self.rate {
            let blocks = left / Self.rate
            lanes.absorb(blocks, blocksAt: next)
            next += blocks &* Self.rate
            left &-= blocks &* Self.rate
        }
        while left >= 8 { absorb(laneOf: &next, &left) }
        while left > 0 { absorb(byteOf: &next, &left) }
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

    @inline(__always)
    private static func lane(_ bytes: UnsafeRawPointer) -> UInt64 { UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) }

    @inline(__always)
    private mutating func absorb(byteOf next: inout UnsafeRawPointer, _ left: inout Int) {
        lanes.add(UInt64(next.load(as: UInt8.self)) &<< UInt64(8 &* (position & 7)), at: position &>> 3)
        next += 1
        left &-= 1
        advance(by: 1)
    }

    /// The position is at the start of a lane.
    @inline(__always)
    private mutating func absorb(laneOf next: inout UnsafeRawPointer, _ left: inout Int) {
        lanes.add(Self.lane(next), at: position &>> 3)
        next += 8
        left &-= 8
        advance(by: 8)
    }

    @inline(__always)
    private mutating func advance(by count: Int) {
        position &+= count
        guard position == Self.rate else { return }
        lanes.permute()
        position = 0
    }

    /// Pads and reads the hash; the hasher is of no use afterwards.
    private mutating func finish() -> B256 {
        lanes.add(0x01 &<< UInt64(8 &* (position & 7)), at: position &>> 3)
        lanes.add(0x80 << 56, at: Self.rate / 8 - 1)
        lanes.permute()
        return lanes.digest
    }
}
