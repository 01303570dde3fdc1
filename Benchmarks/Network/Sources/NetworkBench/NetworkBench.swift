import Foundation

/// usage: network-bench [--quick] | --profile WORK CONTENDER CALLS URL
///
/// `--profile` runs one contender, by its place in the table from 0, for tools that count instructions, at a
/// `loopback-server` that runs.
@main
enum NetworkBench {
    /// Waits on this thread: valgrind does not survive the way in which an asynchronous `main` leaves it.
    static func main() {
        let done = DispatchSemaphore(value: 0)
        Task.detached {
            do { try await run(CommandLine.arguments) } catch {
                FileHandle.standardError.write(Data("network-bench: \(error)\n".utf8))
                exit(1)
            }
            done.signal()
        }
        done.wait()
    }

    private static func run(_ arguments: [String]) async throws {
        if arguments.count == 6, arguments[1] == "--profile" { return try await profile(arguments) }
        let quick = arguments.contains("--quick")
        let folder = URL(fileURLWithPath: arguments[0]).deletingLastPathComponent()
        let server = try ChildProcess(folder.appendingPathComponent("loopback-server"))
        defer { server.close() }
        let url = "http://127.0.0.1:\(try server.readLine())"
        let bare = BareClient(url)
        let contenders: [any Contender] = [try Ours.transport(url), try Ours.pool(url), bare]
        // Benchmarks/.venv, which `make bench` and `make bench-network` make.
        let benchmarks = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..").standardized
        let python = benchmarks.appendingPathComponent(".venv/bin/python")
        var web3: ChildProcess?
        if FileManager.default.isExecutableFile(atPath: python.path) {
            web3 = try ChildProcess(
                python, ["-u", benchmarks.appendingPathComponent("Network/web3_peer.py").path, url])
        }
        defer { web3?.close() }
        print("| work | who | calls/s | processor time a call | × ours | goal | |\n|---|---|--:|--:|--:|--:|---|")
        var goals: [Bool] = []
        for work in Work.allCases {
            let measured = try await Measuring(work, contenders, web3, rounds: quick ? 5 : 15, turn: quick ? 0.1 : 0.25).run()
            for (index, one) in measured.enumerated() {
                print(one.line(work, isFirst: index == 0))
                goals += one.isMet.map { [$0] } ?? []
            }
        }
        try await bare.shutdown()
        print("\n\(goals.filter(\.self).count) of \(goals.count) goals met")
    }

    /// Asks a server that runs already.
    private static func profile(_ arguments: [String]) async throws {
        let bare = BareClient(arguments[5])
        let contenders: [any Contender] = [try Ours.transport(arguments[5]), try Ours.pool(arguments[5]), bare]
        if let index = Int(arguments[3]), contenders.indices.contains(index), let calls = Int(arguments[4]),
            let work = Work.allCases.first(where: { "\($0)" == arguments[2] })
        {
            try await work.run(contenders[index], calls)
        }
        try await bare.shutdown()
    }
}
