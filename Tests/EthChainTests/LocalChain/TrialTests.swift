import EthPrimitives
import Foundation
import Testing

/// Must show: random histories on the Python node, gas used, status, logs and storage identical. `make scenarios` runs a thousand.
@Suite("Random histories") struct TrialTests {
    private static let root = RecordedBlocks.fixtures.deletingLastPathComponent().deletingLastPathComponent()
    private static let python = root.appending(path: ".venv/bin/python")
    private static let isPresent = FileManager.default.isExecutableFile(atPath: python.path)
    private static let count = ProcessInfo.processInfo.environment["KEEPERKIT_TRIALS"].flatMap { Int($0) } ?? 10
    private static let first = ProcessInfo.processInfo.environment["KEEPERKIT_TRIAL"].flatMap { Int($0) } ?? 0

    @Test(
        "Of histories that py-evm executed under five forks' rules, each transaction has its gas, status and logs, and each block its hash",
        .enabled(if: isPresent, "needs .venv: make need-python"))
    func histories() throws {
        let process = Process()
        process.executableURL = Self.python
        process.arguments = ["-m", "trials", "--count", "\(Self.count)", "--first", "\(Self.first)"]
        process.environment = ["PYTHONPATH": Self.root.appending(path: "Tests/DevNode").path, "PATH": "/usr/bin:/bin"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { if process.isRunning { process.terminate() } }

        var replay = LedgerReplay()
        var rest: [UInt8] = []
        let began = ContinuousClock.now
        var told = 0
        while case let data = output.fileHandleForReading.availableData, !data.isEmpty {
            rest += data
            while let end = rest.firstIndex(of: 0x0A) {
                try replay.apply(LedgerLine(Array(rest[..<end])))
                rest.removeSubrange(...end)
                if replay.histories == told + 100 {
                    told += 100
                    print("\(told) histories begun after \((ContinuousClock.now - began).components.seconds) s")
                }
            }
        }
        process.waitUntilExit()
        print("random histories: \(replay.histories) histories, \(replay.summary)")
        for difference in replay.differences.prefix(5) { Issue.record("\(difference)") }
        #expect(replay.differences.isEmpty)
        #expect(process.terminationStatus == 0 && rest.isEmpty)
        #expect(replay.histories == Self.count)
        // What is cut short proves little.
        #expect(replay.unsupported.values.reduce(0, +) <= Self.count / 50)
    }
}
