import ABIGen
import Foundation
import Testing

@Suite("The command abigen")
struct GeneratorCommandTests {
    typealias Result = GeneratorCommand.Result

    @Test("help says what there is", arguments: ["--help", "-h"])
    func help(argument: String) {
        let text = """
            usage: abigen [--check] [--input DIRECTORY] [--output DIRECTORY]

            Writes Swift bindings of contract interfaces: one file.swift for each file.json (JSON ABI), and removes
            those whose interface is gone.

              --check              write nothing; name the files that are not up to date
              --input DIRECTORY    where the interfaces are (abi)
              --output DIRECTORY   where the bindings go (Sources/EthContracts/Generated)
              --help, -h           show this text

            exit status: 0 all up to date or written, 1 not up to date or not writable, 64 wrong usage, 65 wrong interface
            """
        #expect(GeneratorCommand.run([argument]) == Result(status: 0, output: text, complaint: ""))
    }

    @Test(
        "wrong usage is one line and status 64",
        arguments: [
            (["--chek"], "unknown argument --chek"), (["abi"], "unknown argument abi"),
            (["--input"], "--input needs a directory"),
            (["--output", "--check"], "--output needs a directory"),
        ])
    func usage(arguments: [String], problem: String) {
        let expected = Result(status: 64, output: "", complaint: "abigen: \(problem); see abigen --help")
        #expect(GeneratorCommand.run(arguments) == expected)
    }

    @Test("wrong interfaces are named with status 65, and nothing is written")
    func interfaces() throws {
        let root = NSTemporaryDirectory() + "abigen-\(UUID().uuidString)"
        // A leftover in the temporary directory harms nobody.
        defer { try? FileManager.default.removeItem(atPath: root) }
        let options = ["--input", root + "/abi", "--output", root + "/out"]
        let missing = Result(status: 65, output: "", complaint: "abigen: there is no directory \(root)/abi")
        #expect(GeneratorCommand.run(options) == missing)

        try FileManager.default.createDirectory(atPath: root + "/abi", withIntermediateDirectories: true)
        try "[]".write(toFile: root + "/abi/A.json", atomically: true, encoding: .utf8)
        try #"[{"type": "function"}]"#.write(toFile: root + "/abi/B.json", atomically: true, encoding: .utf8)
        let wrong = Result(status: 65, output: "", complaint: "abigen: B.json: [0].name: a function needs a name")
        #expect(GeneratorCommand.run(options) == wrong)
        #expect(!FileManager.default.fileExists(atPath: root + "/out/A.swift"))

        try "[]".write(toFile: root + "/abi/B.json", atomically: true, encoding: .utf8)
        let outdated = ["A", "B"].map { "abigen: \(root)/out/\($0).swift is not up to date" }.joined(separator: "\n")
        #expect(GeneratorCommand.run(["--check"] + options) == Result(status: 1, output: "", complaint: outdated))
        let written = "wrote \(root)/out/A.swift\nwrote \(root)/out/B.swift"
        #expect(GeneratorCommand.run(options) == Result(status: 0, output: written, complaint: ""))
        #expect(GeneratorCommand.run(options) == Result(status: 0, output: "nothing to do", complaint: ""))
        let current = Result(status: 0, output: "bindings in \(root)/out are up to date", complaint: "")
        #expect(GeneratorCommand.run(["--check"] + options) == current)
    }
}
