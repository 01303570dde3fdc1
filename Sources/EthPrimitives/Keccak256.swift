/// Keccak-256 with the original padding (0x01), the hash of Ethereum: one-shot and streaming, constant memory.
///
/// Source: the Keccak reference, rate 1088 bits, capacity 512, 24 rounds.
public struct Keccak256: Sendable {
    /// Bytes absorbed by one permutation.
    static let rate = 136

    private var state = KeccakState()
    private var block: InlineArray<136, UInt8> = InlineArray(repeating: 0)
    private var filled = 0

    public init() {}

    /// Absorbs bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        if filled > 0 {
            let taken = min(Self.rate - filled, rest.count)
            for index in 0..<taken { block[filled + index] = rest[index] }
            filled += taken
            rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
            guard filled == Self.rate else { return }
            withUnsafeBytes(of: block) { state.absorb($0) }
            filled = 0
        }
        while rest.count >= Self.rate {
            state.absorb(UnsafeRawBufferPointer(rebasing: rest[..<Self.rate]))
            rest = UnsafeRawBufferPointer(rebasing: rest[Self.rate...])
        }
        for index in 0..<rest.count { block[index] = rest[index] }
        filled = rest.count
    }

    public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

    /// The hash of everything absorbed so far; further updates go on from there.
    public func finalize() -> B256 {
        var state = state
        var last = block
        for index in filled..<Self.rate { last[index] = 0 }
        last[filled] ^= 0x01
        last[Self.rate - 1] ^= 0x80
        withUnsafeBytes(of: last) { state.absorb($0) }
        return state.digest
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
        return hasher.finalize()
    }
}
