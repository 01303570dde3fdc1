import EthCodec
import Foundation
import KeeperCore
import KeeperStore
import KeeperTransactions
import TestSupport
import Testing

/// A running `store-probe`, which a test may kill.
final class Probe {
    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()
    private let ended = DispatchSemaphore(value: 0)
    private var heard: [UInt8] = []

    init(_ arguments: [String]) throws {
        process.executableURL = ProgramRun.product("store-probe")
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin"]
        process.standardOutput = output
        process.standardInput = input
        process.terminationHandler = { [ended] _ in ended.signal() }
        try process.run()
    }

    /// The next line that it says; `nil` at its end.
    func line() -> String? {
        while true {
            if let end = heard.firstIndex(of: 0x0A) {
                defer { heard.removeSubrange(...end) }
                return String(decoding: heard[..<end], as: UTF8.self)
            }
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { return nil }
            heard += more
        }
    }

    /// All that it says until its end, and how it ended.
    func rest() -> (lines: [String], status: Int32) {
        var lines: [String] = []
        while let line = line() { lines.append(line) }
        ended.wait()
        return (lines, process.terminationStatus)
    }

    /// Kills it, and tells what it said until then.
    func kill() -> [String] {
        Foundation.kill(process.processIdentifier, SIGKILL)
        let lines = rest().lines
        #expect(process.terminationReason == .uncaughtSignal)
        return lines
    }

    /// What it holds open comes to its end.
    func release() -> Int32 {
        try? input.fileHandleForWriting.close()  // an input that is closed already
        return rest().status
    }

    /// Batches in a store, each found whole, in its place and of the right content.
    static func batches(in store: SQLiteStore) throws -> UInt64 {
        let records = try store.records(of: Content.account)
        let lines = try store.journalLines()
        #expect(records.count == 3 * lines.count, "records and journal of a batch came together or not at all")
        var chain = JournalChain()
        for (number, line) in lines.enumerated() {
            let whole = (0..<3).map { Record.adopted(nonce: UInt64(3 * number + $0), block: UInt64(number)) }
            #expect(records.dropFirst(3 * number).prefix(3).elementsEqual(whole))
            let expected = JSON.object([
                "batch": .integer(number), "filling": .string(String(repeating: "-", count: 6_000)),
            ])
            #expect(chain.link(expected) == line)
        }
        return UInt64(lines.count)
    }
}
