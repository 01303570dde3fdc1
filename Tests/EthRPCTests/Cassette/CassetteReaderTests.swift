import EthPrimitives
import TestSupport
import Testing

@testable import EthRPC

@Suite("Reading recordings piece by piece")
struct CassetteReaderTests {
    private func lines(_ bytes: [UInt8], _ limits: CassetteReader.Limits = .init()) throws -> (
        lines: [[UInt8]], members: [UInt64]
    ) {
        let reader = try CassetteReader(ReadableFile(bytes: bytes), limits: limits)
        var (lines, members): ([[UInt8]], [UInt64]) = ([], [])
        while let piece = try reader.next() {
            switch piece {
            case .line(let line):
                lines.append(line.bytes)
                #expect(line.position == lines.count)
            case .member(let end): members.append(end)
            }
        }
        return (lines, members)
    }

    @Test("lines of every length come as they are, plain and compressed, however the pieces fall")
    func lengths() throws {
        var random = SeededRandom(0x11E5)
        for size in [0, 1, (1 << 17) - 1, 1 << 17, (1 << 17) + 1, 3 << 17] {
            var text: [[UInt8]] = []
            for length in [0, 1, size, 5, size / 2] {
                text.append((0..<length).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) })
            }
            let bytes = Array(text.map { $0 + [0x0A] }.joined())
            #expect(try lines(bytes).lines == text)
            #expect(try lines(Gzip.compress(bytes)).lines == text)
            if size > 1 { #expect(try lines(bytes.dropLast()).lines == text) }
            let half = try Gzip.compress(Array(bytes[..<(bytes.count / 2)])) + Gzip.compress(Array(bytes[(bytes.count / 2)...]))
            #expect(try lines(half).lines == text)
            #expect(try lines(half).members.last == UInt64(half.count))
        }
        #expect(try lines([]).lines.isEmpty)
    }

    @Test("every cut of a compressed file is an error, but where a member ends")
    func cuts() throws {
        let one = try Gzip.compress(Array("a\nb\n".utf8))
        let two = one + (try Gzip.compress(Array("c\n".utf8)))
        for length in 2...two.count {
            if length == one.count || length == two.count {
                #expect(try lines(Array(two[..<length])).members.last == UInt64(length))
            } else {
                let error = #expect(throws: CassetteError.self) { try lines(Array(two[..<length])) }
                #expect(error?.code == .unreadable && error?.description.contains("at byte") == true)
            }
        }
    }

    @Test("what unpacks to far more than a recording does is given up early")
    func bomb() throws {
        // A line without end, and lines without content.
        for (byte, count, trusted) in [(0x30, 80 << 20, 1 << 26), (0x0A, 4 << 20, 1 << 20)] as [(UInt8, Int, UInt64)] {
            let bomb = try Gzip.compress([UInt8](repeating: byte, count: count))
            #expect(bomb.count * 900 < count)
            var limits = CassetteReader.Limits()
            limits.trusted = trusted
            let error = #expect(throws: CassetteError.self) {
                let reader = try CassetteReader(ReadableFile(bytes: bomb), limits: limits)
                while try reader.next() != nil {}
            }
            #expect(error?.code == .tooLarge, "\(error?.description ?? "")")
        }
        var limits = CassetteReader.Limits()
        limits.line = 1000
        let long = [UInt8](repeating: 0x30, count: 400_000)
        #expect(throws: CassetteError.self) { try lines(long, limits) }
        limits = .init()
        limits.total = 1000
        #expect(throws: CassetteError.self) { try lines(long, limits) }
    }

    @Test("labels are read from lines of any order")
    func labels() throws {
        let hash = RecordedExchange.head(3).hash
        for line in [
            "{\"block\":3,\"hash\":\"\(hash)\",\"time\":9,\"note\":\"n\",\"request\":{},\"response\":{}}",
            "{\"request\":{\"block\":1},\"response\":{},\"time\":9,\"hash\":\"\(hash)\",\"note\":\"n\",\"block\":3}",
        ] {
            let label = try CassetteLabel(parsing: Array(line.utf8), position: 1)
            #expect(label == CassetteLabel(block: 3, hash: hash, time: 9, note: "n"))
        }
        let error = #expect(throws: CassetteError.self) { try CassetteLabel(parsing: Array("{\"block\":".utf8), position: 7) }
        #expect(error?.description.contains("line 7") == true)
    }
}
