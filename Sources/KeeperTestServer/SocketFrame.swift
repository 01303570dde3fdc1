/// A frame of the WebSocket protocol (RFC 6455, section 5.2).
struct SocketFrame {
    static let text: UInt8 = 1
    static let close: UInt8 = 8
    static let ping: UInt8 = 9
    static let pong: UInt8 = 10

    var opcode: UInt8
    var isFinal: Bool
    var payload: [UInt8]

    init(opcode: UInt8, isFinal: Bool, payload: [UInt8]) {
        self.opcode = opcode
        self.isFinal = isFinal
        self.payload = payload
    }

    /// Reads a client's frame; `nil` where the connection ends, or a frame is not masked as a client must (section 5.1).
    init?(_ source: inout ByteSource) async {
        guard let head = await source.next(2) else { return nil }
        var length = Int(head[1] & 0x7F)
        if length >= 126 {
            guard let bytes = await source.next(length == 126 ? 2 : 8) else { return nil }
            length = bytes.reduce(0) { $0 << 8 | Int($1) }
        }
        guard head[1] & 0x80 != 0, let key = await source.next(4), let masked = await source.next(length) else { return nil }
        opcode = head[0] & 0x0F
        isFinal = head[0] & 0x80 != 0
        payload = masked.enumerated().map { $1 ^ key[$0 & 3] }
    }

    /// The bytes of a frame from the server, which does not mask.
    var bytes: [UInt8] {
        var bytes = [opcode | (isFinal ? 0x80 : 0)]
        switch payload.count {
        case ..<126: bytes.append(UInt8(payload.count))
        case ..<65536: bytes += [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default: bytes += [127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        return bytes + payload
    }
}
