import Testing

@testable import keeperctl

@Suite("Lines of a stream") struct LineReaderTests {
    private func texts(_ lines: [LineReader.Line]) -> [String] {
        lines.map { line in
            switch line {
            case .whole(let bytes): String(decoding: bytes, as: UTF8.self)
            case .tooLong: "too long"
            }
        }
    }

    @Test("are whole however the stream is cut", arguments: 1...9)
    func cuts(_ size: Int) {
        let bytes = Array("one\n\ntwo\r\nthree".utf8)
        var reader = LineReader(maximumLength: 100)
        var lines: [LineReader.Line] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            lines += reader.take(bytes[start..<min(bytes.count, start + size)])
        }
        lines += reader.finish()
        #expect(texts(lines) == ["one", "", "two\r", "three"])
    }

    @Test("beyond the limit are told and thrown away", arguments: 1...9)
    func limit(_ size: Int) {
        let bytes = Array("12345\n123456\n12\n1234567".utf8)
        var reader = LineReader(maximumLength: 5)
        var lines: [LineReader.Line] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            lines += reader.take(bytes[start..<min(bytes.count, start + size)])
        }
        lines += reader.finish()
        #expect(texts(lines) == ["12345", "too long", "12", "too long"])
    }
}
