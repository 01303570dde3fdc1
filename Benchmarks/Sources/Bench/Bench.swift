import Foundation

/// usage: bench [--row TEXT]… [--quick] [--json] [--list] [--profile N]
///
/// `--profile` runs ours alone so often, for tools that count instructions.
@main
enum Bench {
    static var groups: [() throws -> [Row]] {
        [
            KeccakBench.rows, SigningBench.rows, TransactionBench.rows, ABIBench.rows, RLPBench.rows, IntegerBench.rows,
            ReplayBench.rows, BatchBench.rows, BlockBench.rows, EVMBench.rows,
        ]
    }

    static func main() throws {
        var filters: [String] = []
        var (quick, json, list) = (false, false, false)
        var profile: Int?
        var arguments = CommandLine.arguments.dropFirst()
        while let argument = arguments.popFirst() {
            switch argument {
            case "--row":
                guard let text = arguments.popFirst() else { complain("--row wants a part of a row's name") }
                filters.append(text)
            case "--quick": quick = true
            case "--json": json = true
            case "--list": list = true
            case "--profile":
                guard let count = arguments.popFirst().flatMap({ Int($0) }) else { complain("--profile wants a number") }
                profile = count
            default: complain("unknown argument \(argument)")
            }
        }
        let all = try groups.flatMap { try $0() }
        let rows = all.filter { row in filters.isEmpty || filters.contains { row.name.localizedCaseInsensitiveContains($0) } }
        if rows.isEmpty { complain("no row is called \(filters.joined(separator: " or "))") }
        if list { return print(rows.map(\.name).joined(separator: "\n")) }

        if let profile {
            for row in rows {
                if case .here(let work) = row.contenders[0].work { try work(profile) }
            }
            return
        }

        // The folder of this package, where peers.py and its .venv are.
        let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized
        let samples = try SampleFolder()
        defer { samples.remove() }
        let python = try PythonPeers(folder: folder, samples: samples.path)
        if python == nil { note("no Benchmarks/.venv: the Python peers are left out (`make bench` makes it)") }
        let runner = Runner(effort: quick ? .quick : .full, python: python)
        var results: [(Row, [Measurement])] = []
        if !json { print(Report.heading) }
        for row in rows {
            let measurements = try runner.measure(row)
            results.append((row, measurements))
            if !json { print(Report.lines(row, measurements)) }
        }
        python?.close()
        if json { return print(try Report.json(results)) }
        let verdicts = results.flatMap { $0.1.compactMap(\.isMet) }
        print("\n\(verdicts.filter(\.self).count) of \(verdicts.count) goals met")
    }

    private static func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    private static func complain(_ text: String) -> Never {
        note("bench: \(text)\nusage: bench [--row TEXT]… [--quick] [--json] [--list] [--profile N]")
        exit(64)
    }
}
