import EthPrimitives

/// Strict DER of SEQUENCE { INTEGER r, INTEGER s }, for test vectors: `nil` for every other spelling.
struct DERSignature {
    let r: UInt256
    let s: UInt256

    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        guard let body = Self.element(0x30, &rest), rest.isEmpty else { return nil }
        var inner = body
        guard let r = Self.element(0x02, &inner).flatMap(Self.integer), let s = Self.element(0x02, &inner).flatMap(Self.integer),
            inner.isEmpty
        else { return nil }
        (self.r, self.s) = (r, s)
    }

    private static func element(_ tag: UInt8, _ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        // Two integers of 33 bytes need no long form of the length.
        guard rest.count >= 2, rest.removeFirst() == tag, let count = rest.popFirst(), count < 0x80, rest.count >= Int(count)
        else {
            return nil
        }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt256? {
        guard let first = bytes.first, first < 0x80 else { return nil }
        if first == 0, let second = bytes.dropFirst().first, second < 0x80 { return nil }
        return UInt256(bigEndianBytes: first == 0 && bytes.count > 1 ? bytes.dropFirst() : bytes)
    }
}
