import EthCodec
import EthPrimitives
import EthRPC
import EthTransports
import Foundation

/// The local chain of Tests/DevNode as a process; it ends with its standard input, so a crashed test leaves nothing behind.
final class LocalChain: Sendable {
    struct Account: Sendable {
        var address: Address
        var key: String
    }

    let url: String
    let provider: Provider
    let addresses: [String: Address]
    let accounts: [String: Account]
    private let process: Process
    private let input: Pipe

    /// The interpreter that `make test` prepares.
    static var python: URL {
        ProcessInfo.processInfo.environment["KEEPERKIT_PYTHON"].map { URL(filePath: $0) }
            ?? Project.root.appending(path: ".venv/bin/python")
    }

    struct NotPrepared: Error, CustomStringConvertible {
        var description: String { "the local chain needs Python packages: `make test` installs them" }
    }

    init(genesisTime: UInt64 = 1_663_026_600) async throws {
        guard Project.exists(Self.python) else { throw NotPrepared() }
        process = Process()
        process.executableURL = Self.python
        process.arguments = ["-m", "devnode", "--port", "0", "--genesis-time", String(genesisTime), "--base-fee", "10000000000"]
        process.environment = ["PYTHONPATH": Project.root.appending(path: "Tests/DevNode").path, "PATH": "/usr/bin:/bin"]
        input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        let reader = LineReader(output)
        try process.run()
        guard let (line, _) = await reader.line(after: 0, where: { $0.hasPrefix("{") }) else { throw NotPrepared() }
        let ready = try JSONScanner.parse(Array(line.utf8))
        url = ready["listening"]?.string ?? ""
        provider = Provider(try HTTPTransport(label: "local", url: SecretText(url), timeout: 60))
        addresses = try Dictionary(
            uniqueKeysWithValues: (ready["addresses"]?.members ?? []).map { ($0.name, try Address(hex: $0.value.string ?? "")) })
        accounts = try Dictionary(
            uniqueKeysWithValues: (ready["accounts"]?.array ?? []).map { account in
                (
                    account["role"]?.string ?? "",
                    Account(address: try Address(hex: account["address"]?.string ?? ""), key: account["key"]?.string ?? "")
                )
            })
    }

    deinit { process.terminate() }

    /// Mines one block at a time (or the next slot) and returns its header.
    @discardableResult
    func mine(at time: UInt64? = nil) async throws -> BlockHeader {
        _ = try await provider.request("evm_mine", time.map { [.integer($0)] } ?? [])
        return try await provider.head()
    }

    func setSource(_ name: String, price: String, valid: Bool = true) async throws {
        _ = try await provider.request("devnode_setSource", [.string(name), .string(price), .bool(valid)])
    }

    /// Another party's poke, into the pool.
    func poke(via: String = "mega", gas: UInt64 = 1_500_000) async throws {
        _ = try await provider.request("devnode_poke", [.object(["via": .string(via), "gas": .integer(gas)])])
    }
}
