import ABIGen

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// `abigen`: keeps the checked-in bindings in step with `abi/*.json`.
@main
struct AbigenCommand {
    static let usage = """
        usage: abigen [--check] [--input DIRECTORY] [--output DIRECTORY]

        Writes one Swift file for each JSON interface.

          --check    write nothing; exit with 1 and name the files that are not up to date
          --input    where the JSON interfaces are (abi)
          --output   where the Swift files go (Sources/EthContracts/Generated)
          --help     show this text
        """

    static func main() {
        var isCheck = false
        var input = "abi"
        var output = "Sources/EthContracts/Generated"
        var arguments = CommandLine.arguments.dropFirst()
        while let argument = arguments.popFirst() {
            switch argument {
            case "--help", "-h":
                print(usage)
                return
            case "--check": isCheck = true
            case "--input", "--output":
                guard let value = arguments.popFirst() else { fail("\(argument) needs a directory\n\n\(usage)", status: 64) }
                if argument == "--input" { input = value } else { output = value }
            default: fail("unknown argument \(argument)\n\n\(usage)", status: 64)
            }
        }
        do {
            let directory = BindingDirectory(input: input, output: output)
            if isCheck {
                let outdated = try directory.differences()
                guard outdated.isEmpty else { fail(outdated.map { "\(output)/\($0) is not up to date" }.joined(separator: "\n")) }
                print("bindings in \(output) are up to date")
            } else {
                let changed = try directory.write()
                print(changed.isEmpty ? "nothing to do" : changed.map { "wrote \(output)/\($0)" }.joined(separator: "\n"))
            }
        } catch {
            fail("\(error)")
        }
    }

    /// Ends the program with a message on standard error. Status 64 is a usage error (`sysexits.h`).
    static func fail(_ message: String, status: Int32 = 1) -> Never {
        let line = Array("abigen: \(message)\n".utf8)
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        exit(status)
    }
}
