/// What a format is made of, so that mutations hit more than noise would.
public enum Dialect: Sendable {
    case bytes
    /// Nested values with their lengths in front.
    case rlp
    /// A line of text, a zero byte, then words of 32 bytes.
    case words
    case json

    /// Bytes on which decoders decide.
    static let decisiveBytes: [UInt8] = [
        0x00, 0x01, 0x7f, 0x80, 0x81, 0xa0, 0xb7, 0xb8, 0xbf, 0xc0, 0xc1, 0xf7, 0xf8, 0xf9, 0xfe, 0xff, 0x20, 0x40,
    ]

    /// Numbers at the edges of their types.
    static let edges: [UInt64] = [
        0, 1, 2, 31, 32, 33, 55, 56, 63, 64, 127, 128, 255, 256, 1023, 1024, 65_535, 65_536, 1 << 31 - 1, 1 << 31, 1 << 32 - 1,
        1 << 32,
        1 << 53, 1 << 62, 1 << 63 - 1, 1 << 63, .max - 32, .max - 31, .max,
    ]

    /// Pieces that stand for a whole JSON value.
    static let jsonValues: [[UInt8]] = [
        "null", "true", "false", "0", "-0", "1", "-1", "3", "1e400", "1E-9", "0.0", "18446744073709551615",
        "18446744073709551616",
        "115792089237316195423570985008687907853269984665640564039457584007913129639936", "\"\"", "\"0x\"", "\"0x0\"", "\"0x00\"",
        "\"0x1\"", "\"0X1\"", "\"0xg\"", "\"0xffffffffffffffff\"", "\"0x10000000000000000\"", "\"0x20000000000000\"",
        "\"0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\"", "\"latest\"", "\"\\u0000\"", "\"\\ud800\"",
        "\"\\ud83d\\udd11\"", "\"é\"", "\"\\\"\"", "\"\\", "[]", "{}", "[[]]", "[null]", "{\"\":{}}", "[[[[[[[[[[[[[[[[[[", "nul",
        "tru", "+1", "01",
        "0x1", "\"0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045\"",
        "\"0x0000000000000000000000000000000000000000000000000000000000000000\"",
    ].map { Array($0.utf8) }

    /// Characters that JSON and the texts in it are made of.
    static let jsonBytes =
        Array("{}[]\",:\\0123456789abcdefABCDEFx-+.eE tfnulrsp\n".utf8) + [0x00, 0x1f, 0x7f, 0x80, 0xc3, 0xed, 0xff]
}
