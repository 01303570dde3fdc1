import EthPrimitives
import EthRPC
import Foundation
import TestSupport
import Testing

@testable import EthConformance

@Suite("Test archives") struct ArchiveTests {
    /// A header of the ustar form, with its checksum.
    private static func header(_ name: String, size: Int, kind: String = "0", prefix: String = "") -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at place: Int) { block.replaceSubrange(place..<place + text.utf8.count, with: text.utf8) }
        put(String(name.prefix(100)), at: 0)
        put("0000644", at: 100)
        put(String(repeating: "0", count: 11 - String(size, radix: 8).count) + String(size, radix: 8), at: 124)
        put("        ", at: 148)
        put(kind, at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        put(prefix, at: 345)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(String(repeating: "0", count: 6 - String(sum, radix: 8).count) + String(sum, radix: 8) + "\0 ", at: 148)
        return block
    }

    private static func entry(_ name: String, _ content: [UInt8], kind: String = "0", prefix: String = "") -> [UInt8] {
        header(name, size: content.count, kind: kind, prefix: prefix) + content
            + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    private static let end = [UInt8](repeating: 0, count: 1024)

    /// The files of an archive, in pieces of a size.
    private func files(_ archive: [UInt8], pieces: Int = 100) throws(ConformanceError) -> [(String, [UInt8])] {
        var offset = 0
        var reader = TarReader("a.tar") { () throws(ConformanceError) -> [UInt8] in
            let piece = Array(archive[offset..<min(archive.count, offset + pieces)])
            offset += piece.count
            return piece
        }
        var files: [(String, [UInt8])] = []
        while let entry = try reader.next() {
            if entry.isFile { files.append((entry.name, try reader.content(of: entry, limit: 1 << 20))) }
        }
        return files
    }

    private static let content = (0..<1300).map { UInt8(truncatingIfNeeded: $0) }

    @Test("have their files with their names, whatever the size of pieces", arguments: [1, 7, 511, 512, 513, 100_000])
    func plain(_ pieces: Int) throws {
        let archive =
            Self.entry("folder/", [], kind: "5") + Self.entry("folder/a.json", Self.content)
            + Self.entry("b.json", [], prefix: "long/way") + Self.entry("link", [], kind: "2") + Self.entry("c", [1], kind: "\0")
            + Self.end + [UInt8](repeating: 0, count: 8192)
        let files = try files(archive, pieces: pieces)
        #expect(files.map(\.0) == ["folder/a.json", "long/way/b.json", "c"])
        #expect(files.map(\.1) == [Self.content, [], [1]])
    }

    @Test("take names and sizes from pax headers and GNU's long names")
    func longNames() throws {
        let name = String(repeating: "n", count: 150) + ".json"
        func record(_ key: String, _ value: String) -> [UInt8] {
            let rest = " \(key)=\(value)\n"
            var length = rest.utf8.count + 2
            if String(length).count != 2 { length = rest.utf8.count + String(length).count }
            return Array("\(length)\(rest)".utf8)
        }
        let archive =
            Self.entry("x", record("path", name) + record("mtime", "1.5"), kind: "x") + Self.entry("short", [1, 2])
            + Self.entry("././@LongLink", Array("gnu/\(name)\0".utf8), kind: "L") + Self.entry("short", [3])
            + Self.entry("g", record("path", "for all"), kind: "g") + Self.entry("plain", [4])
            // The size of the extended header counts.
            + Self.entry("x", record("size", "3"), kind: "x") + Self.header("sized", size: 0)
            + [7, 8, 9] + [UInt8](repeating: 0, count: 509) + Self.end
        let files = try files(archive)
        #expect(files.map(\.0) == [name, "gnu/" + name, "plain", "sized"])
        #expect(files.map(\.1) == [[1, 2], [3], [4], [7, 8, 9]])
    }

    @Test("that are damaged are refused, and it is said at which byte")
    func damaged() throws {
        let good = Self.entry("a.json", Self.content) + Self.entry("b.json", [1]) + Self.end
        #expect(try files(good).count == 2)
        func expect(_ archive: [UInt8], byte: Int, _ problem: String) {
            do {
                _ = try files(archive)
                Issue.record("\(problem): taken")
            } catch {
                #expect(error.file == "a.tar" && error.place == "byte \(byte)" && error.problem.contains(problem), "\(error)")
            }
        }
        expect(Array(good.prefix(2047)), byte: 2047, "ends inside an entry")
        expect(Array(good.prefix(2048)), byte: 2048, "ends inside a header")
        expect(Array(good.prefix(2060)), byte: 2060, "ends inside a header")
        expect([], byte: 0, "ends inside a header")
        for place in [0, 99, 124, 135, 148, 156, 257, 345, 511] {
            var altered = good
            altered[2048 + place] ^= 0x01
            expect(altered, byte: 2048, "checksum")
        }
        expect(Self.entry("x", Array("9 path=a\n".utf8), kind: "x"), byte: 1024, "ends inside a header")
        for record in ["99 path=a\n", "path=a\n", "0 path=a\n", "9 path=a ", "-1 a=b\n", "99999999 a=b\n"] {
            expect(Self.entry("x", Array(record.utf8), kind: "x"), byte: 0, "malformed record")
        }
        expect(Self.entry("x", Array("11 size=-1\n".utf8), kind: "x") + good, byte: 0, "impossible size")
        expect(Self.entry("x", Array("12 size=1x0\n".utf8), kind: "x") + good, byte: 0, "impossible size")
        expect(Self.entry("L", [UInt8](repeating: 65, count: 70_000), kind: "L") + good, byte: 512, "at most 65536")
    }

    @Test("with sizes beyond any disk are refused before anything is kept")
    func largeSizes() throws {
        func sized(_ field: [UInt8]) -> [UInt8] {
            var block = Self.header("a.json", size: 0)
            block.replaceSubrange(124..<136, with: field)
            block.replaceSubrange(148..<156, with: [UInt8](repeating: 0x20, count: 8))
            let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
            block.replaceSubrange(148..<156, with: Array((String(repeating: "0", count: 6 - sum.count) + sum + "\0 ").utf8))
            return block
        }
        for field in [
            [0x80] + [UInt8](repeating: 0xff, count: 11), [0xff] + [UInt8](repeating: 0xff, count: 11),
            [0x80, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0], Array("99999999999\0".utf8), Array("1x000000000\0".utf8),
        ] {
            #expect(throws: ConformanceError.self) { try files(sized(field) + Self.end) }
        }
        // Seven gigabytes may be passed over, not kept.
        do {
            _ = try files(sized(Array("77777777777\0".utf8)) + Self.end)
            Issue.record("taken")
        } catch { #expect(error.problem.contains("at most 1048576 are read"), "\(error)") }
        #expect(
            try files(sized([0x80] + [UInt8](repeating: 0, count: 10) + [5]) + Self.content.prefix(512) + Self.end)[0].1 == [
                0, 1, 2, 3, 4,
            ])
    }

    @Test("of any bytes end in files or an error")
    func anyBytes() throws {
        var random = SeededRandom(6)
        let good = Self.entry("x", Array("20 path=some/name.a\n".utf8), kind: "x") + Self.entry("a.json", Self.content) + Self.end
        for _ in 0..<500 { _ = try? files(random.mutation(of: good), pieces: 200) }
    }

    // MARK: Files and folders

    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "archive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private func names(_ paths: [String]) throws(ConformanceError) -> [String] {
        var files = try TestFiles(paths)
        var names: [String] = []
        while let file = try files.next() { names.append("\(file.name) \(file.bytes.count)") }
        return names
    }

    @Test("are read like the files and folders beside them, packed or not")
    func places() throws {
        let folder = try folder()
        let test = Array("{\"a\": {}}".utf8)
        try FileManager.default.createDirectory(at: folder.appending(path: "in/deep"), withIntermediateDirectories: true)
        try Data(test).write(to: folder.appending(path: "in/deep/b.json"))
        try Data(test).write(to: folder.appending(path: "in/a.json"))
        try Data([1]).write(to: folder.appending(path: "in/readme.txt"))
        let archive = Self.entry("x/c.json", test) + Self.entry("x/readme", [1]) + Self.entry("x/d.json", test) + Self.end
        try Data(archive).write(to: folder.appending(path: "plain.tar"))
        try Data(Gzip.compress(archive)).write(to: folder.appending(path: "packed.tar.gz"))
        try Data(Gzip.compress(test)).write(to: folder.appending(path: "one.json.gz"))
        // Members one after the other are one file.
        try Data(Gzip.compress(Array(archive.prefix(700))) + Gzip.compress(Array(archive.dropFirst(700))))
            .write(to: folder.appending(path: "members.tar.gz"))
        let path = folder.path
        #expect(try names(["\(path)/in"]) == ["\(path)/in/a.json 9", "\(path)/in/deep/b.json 9"])
        for archive in ["plain.tar", "packed.tar.gz", "members.tar.gz"] {
            #expect(
                try names(["\(path)/\(archive)", "\(path)/in/a.json"]) == ["x/c.json 9", "x/d.json 9", "\(path)/in/a.json 9"])
        }
        #expect(try names(["\(path)/one.json.gz"]) == ["\(path)/one.json.gz 9"])
    }

    @Test("that are not there, hold nothing or are cut off are named")
    func badPlaces() throws {
        let folder = try folder()
        func expect(_ name: String, _ problem: String) {
            do {
                let found = try names(["\(folder.path)/\(name)"])
                Issue.record("\(name): \(found)")
            } catch {
                #expect(error.file.hasPrefix("\(folder.path)/\(name)") && error.description.contains(problem), "\(error)")
            }
        }
        expect("nothing", "cannot read it: no such file or directory")
        try FileManager.default.createDirectory(at: folder.appending(path: "empty"), withIntermediateDirectories: true)
        expect("empty", "there is no .json file in it")
        let archive = Self.entry("c.json", Self.content) + Self.end
        let packed = try Gzip.compress(archive)
        for cut in [3, 20, packed.count / 2, packed.count - 9, packed.count - 1] {
            try Data(packed.prefix(cut)).write(to: folder.appending(path: "cut.tar.gz"))
            expect("cut.tar.gz", "not a complete ")
        }
        var altered = packed
        altered[packed.count - 5] ^= 1  // the checksum of the content
        try Data(altered).write(to: folder.appending(path: "altered.tar.gz"))
        expect("altered.tar.gz", "the compressed bytes are not what was written")
        try Data([UInt8](repeating: 0xEE, count: 3000)).write(to: folder.appending(path: "rubbish"))
        expect("rubbish", "byte 0: not a complete tar archive: a header with a wrong checksum")
        // A name is believed: what is wrong is said of the document.
        try Data("[1]".utf8).write(to: folder.appending(path: "list.json"))
        #expect(try names(["\(folder.path)/list.json"]) == ["\(folder.path)/list.json 3"])
        #expect(throws: ConformanceError(file: "/dev/null", problem: "it is no regular file")) { try names(["/dev/null"]) }
    }
}
