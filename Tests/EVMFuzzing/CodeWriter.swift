import EthPrimitives

/// Instructions in a row. Jumps go to places that are known, or noted and filled in later.
struct CodeWriter {
    private(set) var bytes: [UInt8] = []
    /// Shanghai has PUSH0.
    let hasPush0: Bool

    init(hasPush0: Bool) {
        self.hasPush0 = hasPush0
        bytes.reserveCapacity(512)
    }

    mutating func add(_ instructions: UInt8...) { bytes += instructions }

    mutating func add(bytes more: [UInt8]) { bytes += more }

    /// In as few bytes as it needs.
    mutating func push(_ word: UInt256) {
        let minimal = word.minimalBigEndianBytes
        if minimal.isEmpty, !hasPush0 { return add(0x60, 0) }
        bytes.append(0x5f + UInt8(minimal.count))
        bytes += minimal
    }

    mutating func push(_ number: Int) { push(UInt256(UInt64(number))) }

    mutating func push(_ address: Address) {
        bytes.append(0x73)
        bytes += address.bytes
    }

    /// A PUSH2 whose operand is not known yet: where it stands.
    mutating func pushLabel() -> Int {
        add(0x61, 0, 0)
        return bytes.count - 2
    }

    mutating func pushLabel(_ target: Int) {
        add(0x61, UInt8(truncatingIfNeeded: target >> 8), UInt8(truncatingIfNeeded: target))
    }

    /// A JUMPDEST here, for what was noted.
    mutating func land(_ label: Int) {
        (bytes[label], bytes[label + 1]) = (UInt8(truncatingIfNeeded: bytes.count >> 8), UInt8(truncatingIfNeeded: bytes.count))
        add(0x5b)
    }
}
