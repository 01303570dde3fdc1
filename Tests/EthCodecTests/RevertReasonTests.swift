import EthCodec
import EthPrimitives
import Testing

@Suite("Revert reasons")
struct RevertReasonTests {
    static func error(_ text: String) -> [UInt8] {
        var encoder = ABIEncoder(selector: Selector(0x08c3_79a0), headSize: 32, tailSize: text.abiTailSize)
        encoder.add(text)
        return encoder.bytes
    }

    @Test("require messages are read", arguments: ["OSM/not-passed", "", "UNIV2LPOracle/invalid-oracle-0-price", "Clipper/é"])
    func messages(text: String) {
        #expect(RevertReason.decode(Self.error(text)) == .message(text))
        #expect("\(RevertReason.message(text))" == "\"\(text)\"")
    }

    @Test(
        "panics carry their code and name",
        arguments: [
            (0x11, "arithmetic overflow"), (0x12, "division by zero"), (0x32, "index out of range"), (0x99, "unknown panic"),
        ])
    func panics(code: UInt8, name: String) {
        let reason = RevertReason.decode(Selector(0x4e48_7b71).bytes + words(UInt256(code)))
        #expect(reason == .panic(UInt256(code)))
        #expect("\(reason)" == "panic 0x\(String(code, radix: 16)): \(name)")
    }

    @Test("everything else is shown as it is, and nothing traps")
    func others() {
        #expect(RevertReason.decode([]) == .empty)
        #expect(RevertReason.decode([1, 2, 3]) == .raw([1, 2, 3]))
        #expect(RevertReason.decode([0xcf, 0xf7, 0x58, 0x76]) == .custom(Selector(0xcff7_5876), data: []))
        #expect("\(RevertReason.decode([0xcf, 0xf7, 0x58, 0x76, 1]))" == "custom error 0xcff75876 with data 0x01")
        let truncated = Array(Self.error("OSM/not-passed").dropLast(40))
        #expect(RevertReason.decode(truncated) == .custom(Selector(0x08c3_79a0), data: Array(truncated.dropFirst(4))))
    }
}
