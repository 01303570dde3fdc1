internal import EthPrimitives

/// Stop-gap until EthCodec offers RLP: writes the items of one list.
struct RLPWriter {
    private(set) var payload: [UInt8] = []

    mutating func append(_ bytes: [UInt8]) {
        if bytes.count != 1 || bytes[0] >= 0x80 { payload += Self.header(0x80, bytes.count) }
        payload += bytes
    }

    mutating func append(_ value: UInt256) { append(value.minimalBigEndianBytes) }
    mutating func append(_ value: UInt64) { append(UInt256(value)) }

    mutating func appendList(_ body: (inout RLPWriter) -> Void) {
        var inner = RLPWriter()
        body(&inner)
        payload += inner.list
    }

    var list: [UInt8] { Self.header(0xc0, payload.count) + payload }

    private static func header(_ base: UInt8, _ count: Int) -> [UInt8] {
        guard count > 55 else { return [base + UInt8(count)] }
        let length = UInt256(count).minimalBigEndianBytes
        return [base + 55 + UInt8(length.count)] + length
    }
}
