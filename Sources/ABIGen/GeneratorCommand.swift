/// The command line of `abigen`, apart from the process: arguments in, what to print and the exit status out.
public enum GeneratorCommand {
    public struct Result: Sendable, Equatable {
        /// 0 if all is well, 1 if files are out of date or cannot be written, 64 for wrong usage, 65 for a wrong interface
        /// (`sysexits.h`).
        public let status: Int32
        public let output: String
        /// For standard error.
        public let complaint: String

        public init(status: Int32, output: String, complaint: String) {
            self.status = status
            self.output = output
            self.complaint = complaint
        }
    }

    static let usage = """
        usage: abigen [--check] [--input DIRECTORY] [--output DIRECTORY]

        Writes Swift bindings of contract interfaces: one file.swift for each file.json (JSON ABI), and removes
        those whose interface is gone.

          --check              write nothing; name the files that are not up to date
          --input DIRECTORY    where the interfaces are (abi)
          --output DIRECTORY   where the bindings go (Sources/EthContracts/Generated)
          --help, -h           show this text

        exit status: 0 all up to date or written, 1 not up to date or not writable, 64 wrong usage, 65 wrong interface
        """

    public static func run(_ arguments: [String]) -> Result {
        var isCheck = false
        var input = "abi"
        var output = "Sources/EthContracts/Generated"
        var arguments = arguments[...]
        while let argument = arguments.popFirst() {
            switch argument {
            case "--help", "-h": return Result(status: 0, output: usage, complaint: "")
            case "--check": isCheck = true
            case "--input", "--output":
                guard let value = arguments.popFirst(), !value.hasPrefix("--") else {
                    return misuse("\(argument) needs a directory")
                }
                if argument == "--input" { input = value } else { output = value }
            default: return misuse("unknown argument \(argument)")
            }
        }
        do {
            let directory = BindingDirectory(input: input, output: output)
            return isCheck
                ? report(outdated: try directory.differences(), in: output) : report(written: try directory.write(), in: output)
        } catch let error as BindingError {
            return Result(status: 65, output: "", complaint: "abigen: \(error)")
        } catch {
            return Result(status: 1, output: "", complaint: "abigen: \(error)")
        }
    }

    private static func misuse(_ problem: String) -> Result {
        Result(status: 64, output: "", complaint: "abigen: \(problem); see abigen --help")
    }

    private static func report(outdated files: [String], in directory: String) -> Result {
        guard files.isEmpty else {
            let lines = files.map { "abigen: \(directory)/\($0) is not up to date" }
            return Result(status: 1, output: "", complaint: lines.joined(separator: "\n"))
        }
        return Result(status: 0, output: "bindings in \(directory) are up to date", complaint: "")
    }

    private static func report(written files: [String], in directory: String) -> Result {
        let lines = files.isEmpty ? ["nothing to do"] : files.map { "wrote \(directory)/\($0)" }
        return Result(status: 0, output: lines.joined(separator: "\n"), complaint: "")
    }
}
