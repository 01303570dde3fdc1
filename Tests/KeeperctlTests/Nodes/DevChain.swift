import EthCodec
import EthCrypto
import EthPrimitives
import Foundation
import TestSupport

/// The local chain of Tests/DevNode as a process, spoken to as people do, through the program. It ends with its standard input, so that a
/// crashed test leaves nothing behind.
final class DevChain: Sendable {
    let url: String
    let addresses: [String: String]
    let accounts: [String: (address: Address, key: PrivateKey)]
    private let process: Process
    private let input = Pipe()

    struct NotPrepared: Error, CustomStringConvertible {
        var description: String { "the local chain needs Python packages: `make test` installs them" }
    }

    struct Refused: Error, CustomStringConvertible { let description: String }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The interpreter that `make test` prepares.
    private static var python: URL {
        ProcessInfo.processInfo.environment["KEEPERKIT_PYTHON"].map { URL(filePath: $0) }
            ?? root.appending(path: ".venv/bin/python")
    }

    init() async throws {
        guard FileManager.default.fileExists(atPath: Self.python.path) else { throw NotPrepared() }
        process = Process()
        process.executableURL = Self.python
        process.arguments = ["-m", "devnode", "--port", "0"]
        process.environment = ["PYTHONPATH": Self.root.appending(path: "Tests/DevNode").path, "PATH": "/usr/bin:/bin"]
        process.standardInput = input
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let ready = try JSONScanner.parse(await Self.firstLine(output))
        url = ready["listening"]?.string ?? ""
        addresses = Dictionary((ready["addresses"]?.members ?? []).map { ($0.name, $0.value.string ?? "") }) { $1 }
        accounts = try Dictionary(
            uniqueKeysWithValues: (ready["accounts"]?.array ?? []).map { account in
                let address = try Address(hex: account["address"]?.string ?? "")
                let key = try PrivateKey(hex: String((account["key"]?.string ?? "").dropFirst(2)))
                return (account["role"]?.string ?? "", (address, key))
            })
    }

    deinit { process.terminate() }

    /// Reads in a thread of its own until a line is there.
    private static func firstLine(_ pipe: Pipe) async -> [UInt8] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var bytes: [UInt8] = []
                while !bytes.contains(0x0A) {
                    let more = pipe.fileHandleForReading.availableData
                    if more.isEmpty { break }
                    bytes += more
                }
                continuation.resume(returning: Array(bytes.prefix { $0 != 0x0A }))
            }
        }
    }

    /// Runs keeperctl against the chain.
    func run(_ arguments: [String], input: [UInt8]? = nil) async throws -> ProgramRun {
        try await ProgramRun.awaiting(
            ProgramRun.product("keeperctl"), arguments, environment: ["ETH_RPC_URL": url], input: input)
    }

    /// Sends one request.
    @discardableResult
    func request(_ method: String, _ params: String...) async throws -> JSON {
        let run = try await run(["rpc", method] + params + ["--json"])
        guard run.status == 0 else { throw Refused(description: run.errors) }
        return try JSONScanner.parse(Array(run.output.utf8))
    }

    /// The newest block's time and number.
    func head() async throws -> (time: UInt64, number: UInt64) {
        let block = try await request("eth_getBlockByNumber", "latest", "false")
        func number(_ name: String) -> UInt64 { UInt64(block[name]?.string?.dropFirst(2) ?? "", radix: 16) ?? 0 }
        return (number("timestamp"), number("number"))
    }

    /// Mines a poke of everything in the block of a time, and returns its receipt. What was done is undone.
    func pokeOnce(gas: UInt64, at time: UInt64) async throws -> JSON {
        let snapshot = try await request("evm_snapshot")
        let hash = try await request("devnode_poke", "{\"via\": \"mega\", \"gas\": \(gas)}")
        try await request("evm_mine", "\(time)")
        let receipt = try await request("eth_getTransactionReceipt", hash.string ?? "")
        try await request("evm_revert", snapshot.description)
        return receipt
    }
}
