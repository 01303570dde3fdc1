import ABIGen
import Foundation
import Testing

@Suite("Generated bindings")
struct DriftTests {
    @Test("the checked-in bindings are what the generator makes of abi/*.json")
    func drift() throws {
        let directory = BindingDirectory(input: PackagePaths.interfaces, output: PackagePaths.bindings)
        let generated = try directory.generated()
        #expect(generated.count >= 10)
        for (file, text) in generated {
            let checkedIn = try String(contentsOfFile: "\(PackagePaths.bindings)/\(file)", encoding: .utf8)
            #expect(checkedIn == text, "\(file) is not up to date: run `swift run abigen`")
        }
        #expect(try directory.differences() == [])
    }

    @Test("the bindings of the test interface are what the generator makes of it")
    func everything() throws {
        let text = try BindingGenerator.generate(contract: "Everything", json: Array(EverythingInterface.json.utf8))
        // KEEPERKIT_RECORD=1 writes the file instead, after a deliberate change of the generator.
        if ProcessInfo.processInfo.environment["KEEPERKIT_RECORD"] == "1" {
            try text.write(toFile: PackagePaths.everything, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: PackagePaths.everything, encoding: .utf8) == text)
    }

    @Test("missing, outdated and left-over bindings are named, and writing mends them")
    func differences() throws {
        let root = NSTemporaryDirectory() + "abigen-\(UUID().uuidString)"
        // A leftover in the temporary directory harms nobody.
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root + "/abi", withIntermediateDirectories: true)
        for name in ["A", "B"] { try "[]".write(toFile: "\(root)/abi/\(name).json", atomically: true, encoding: .utf8) }
        let directory = BindingDirectory(input: root + "/abi", output: root + "/out")
        #expect(try directory.differences() == ["A.swift", "B.swift"])
        #expect(try directory.write() == ["A.swift", "B.swift"])
        #expect(try directory.differences() == [])
        try "old".write(toFile: root + "/out/B.swift", atomically: true, encoding: .utf8)
        try "gone".write(toFile: root + "/out/C.swift", atomically: true, encoding: .utf8)
        #expect(try directory.differences() == ["B.swift", "C.swift"])
        #expect(try directory.write() == ["B.swift", "C.swift"])
        #expect(try directory.differences() == [])
        #expect(try directory.write() == [])
    }
}
