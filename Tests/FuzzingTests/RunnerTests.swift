import EthCodec
import Foundation
import Testing

@testable import Fuzzing

/// The runner against decoders with planted faults, each in processes of its own.
@Suite("Fuzz runner")
struct RunnerTests {
    /// The program beside the one that runs the tests.
    static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("fuzz")

    static func run(_ name: String, inputs: UInt64 = 3_000, jobs: Int = 1) throws -> TargetReport {
        let target = try #require(FuzzTarget.named(name))
        var runner = FuzzRunner(program: program, seed: 1, inputs: inputs, seconds: 60, jobs: jobs)
        runner.limits.mostFindings = 2
        return try runner.run(target)
    }

    @Test(
        "finds a planted fault, names its input, and goes on behind it",
        arguments: [
            ("planted-crash", Finding.Kind.crash), ("planted-hang", .hang), ("planted-memory", .memory),
            ("planted-lie", .promise),
        ])
    func faults(name: String, kind: Finding.Kind) throws {
        let report = try Self.run(name)
        #expect(report.findings.count == 2)
        #expect(report.findings.allSatisfy { $0.kind == kind && $0.target == name && $0.seed == 1 }, "\(report.findings)")
        let target = try #require(FuzzTarget.named(name))
        let mutator = target.mutator(try target.corpus(), seed: 1)
        // The fault is planted on inputs that begin with q: these were found, and none before them was passed over.
        let expected = (0..<3_000).filter { mutator.input($0).first == UInt8(ascii: "q") }.prefix(2)
        #expect(report.findings.map(\.index) == Array(expected))
        #expect(report.findings[0].arguments == "--target \(name) --seed 1 --input \(expected[0])")
    }

    @Test("a decoder without faults is fed all inputs, by as many processes as one likes", arguments: [1, 3])
    func sound(jobs: Int) throws {
        let report = try Self.run("planted-nothing", inputs: 2_000, jobs: jobs)
        let target = try #require(FuzzTarget.named("planted-nothing"))
        let mutator = target.mutator(try target.corpus(), seed: 1)
        let taken = try (0..<2_000).filter { try target.run(mutator.input($0)) }.count
        #expect(report.inputs == 2_000 && report.findings.isEmpty)
        #expect(Int((report.accepted * 2_000).rounded()) == taken && taken > 0)
        #expect(report.slowestMilliseconds > 0 && report.slowestMilliseconds < 100 && report.peakMebibytes < 64)
    }

    @Test("a worker that does not start is no finding")
    func noWorker() throws {
        let target = try #require(FuzzTarget.named("planted-nothing"))
        let runner = FuzzRunner(program: URL(fileURLWithPath: "/bin/false"), seed: 1, inputs: 10, seconds: 5, jobs: 1)
        #expect(throws: FuzzError.self) { try runner.run(target) }
    }

    @Test("orders come back from their arguments, and nothing else is an order")
    func orders() throws {
        func file(_ name: String) -> URL { URL(fileURLWithPath: "/tmp/\(name)") }
        let order = WorkerOrder(
            target: "rlp", seed: 7, range: 3..<9, seconds: 1.5, memoryEvery: 256, limits: FuzzLimits(), corpus: file("a"),
            status: file("b"), findings: file("c"))
        #expect(WorkerOrder(order.arguments)?.arguments == order.arguments)
        #expect(WorkerOrder([]) == nil && WorkerOrder(["--json"]) == nil && WorkerOrder(order.arguments.dropLast()) == nil)
    }
}
