import EthCodec
import EthPrimitives
import KeeperCore

/// What a journal says about the process that wrote the lines after it.
struct JournalStart: Sendable, Hashable {
    var version: String
    /// Name of the program.
    var program: String
    /// Digest of its configuration.
    var config: String
    var setup: JSON

    /// - Returns: `nil` for a line of another kind.
    /// - Throws: `JournalProblem` for one that says too little.
    init?(_ line: JournalLine) throws {
        guard line.json["kind"] == "start" else { return nil }
        guard let version = line.json["version"]?.string, let program = line.json["keeper"]?.string,
            let config = line.json["config"]?.string, let setup = line.json["setup"]
        else { throw JournalProblem(line, "expected version, keeper, config and setup of a process") }
        (self.version, self.program, self.config, self.setup) = (version, program, config, setup)
    }
}

/// A line of a journal that is what was written, and not of the form that this version reads.
struct JournalProblem: ExitCodeProviding, CustomStringConvertible {
    var description: String
    var exitCode: KeeperExitCode { .badData }

    init(_ line: JournalLine, _ problem: String) { description = "line \(line.number) of the journal: \(problem)" }
}
