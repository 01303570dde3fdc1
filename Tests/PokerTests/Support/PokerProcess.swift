import EthCodec
import EthPrimitives
import EthRPC
import Foundation

/// A running `poker run` against a local chain, in step with it: a block is mined, and the test waits until the poker has looked at it.
final class PokerProcess: Sendable {
    private let process: Process
    private let ended = DispatchSemaphore(value: 0)
    let log: LineReader
    let journal: URL
    let config: URL

    /// - Parameters:
    ///   - extra: lines for the `poker` section.
    ///   - path: what follows the host in the node's URL.
    ///   - rpc: the `rpc` section, for other nodes than the chain's alone.
    ///   - signer: the `signer` section, for another place of the key than a file.
    init(
        _ chain: LocalChain, account: String = "keeper", mode: String = "primary", megaPoker: String = "MEGAPOKER",
        extra: [String] = ["plan: cheapest"], ilks: [String]? = nil, path: String = "",
        rpc: String? = nil, signer: String = "{ privateKeyFile: \"${KEY_FILE}\" }"
    ) throws {
        let folder = try Project.temporaryFolder()
        journal = folder.appending(path: "decisions.ndjson")
        config = folder.appending(path: "poker.yaml")
        let text = Self.configuration(
            chain, mode: mode, megaPoker: megaPoker, extra: extra, ilks: ilks, journal: journal.path, signer: signer)
        try (rpc.map { text + "rpc: \($0)\n" } ?? text).write(to: config, atomically: true, encoding: .utf8)
        let key = folder.appending(path: "key")
        try (chain.accounts[account]?.key ?? "").write(to: key, atomically: true, encoding: .utf8)
        process = Process()
        process.executableURL = Project.poker
        process.arguments = ["run", "--config", config.path] + (rpc == nil ? ["--rpc-url", chain.url + path] : [])
        process.environment = ["KEY_FILE": key.path, "PATH": "/usr/bin:/bin"]
        let errors = Pipe()
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        log = LineReader(errors)
        let ended = ended
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
    }

    deinit { process.terminate() }

    static func configuration(
        _ chain: LocalChain, mode: String = "primary", megaPoker: String = "MEGAPOKER", extra: [String] = ["plan: cheapest"],
        ilks: [String]? = nil, journal: String? = nil, signer: String = "{ privateKeyFile: \"${KEY_FILE}\" }"
    ) -> String {
        func address(_ name: String) -> String { chain.addresses[name].map { "\"\($0)\"" } ?? "\"missing \(name)\"" }
        let names = ilks ?? ["ETH-A", "ETH-B", "ETH-C", "WBTC-A", "WBTC-B", "WBTC-C", "WSTETH-A", "WSTETH-B", "LSEV2-SKY-A"]
        return """
            version: 1
            name: poker-local
            mode: \(mode)
            clock: chain
            chain: { id: 1337 }
            poker:
              megaPoker: \(address(megaPoker))
              multicall: \(address("MULTICALL3"))
              spotter: \(address("MCD_SPOT"))
              vat: \(address("MCD_VAT"))
              oracles: [PIP_BTC: \(address("PIP_BTC")), PIP_ETH: \(address("PIP_ETH")), PIP_WSTETH: \(address("PIP_WSTETH")), PIP_SKY: \(address("PIP_SKY"))]
              ilks: [\(names.joined(separator: ", "))]
              \(extra.joined(separator: "\n  "))
            transactions: { maxFeePerGas: 100 gwei }
            signer: \(signer)
            \(journal.map { "journal: \($0)" } ?? "")
            log: { format: json, level: debug }

            """
    }

    /// Waits until the poker has dealt with a block.
    /// - Returns: whether it did; `false` if the process ended.
    func hasSeen(_ head: BlockHeader) async -> Bool {
        let mark = "\"block\":\"\(head.number)\""
        return await log.line(after: 0) { line in
            line.contains(mark) && (line.contains("\"message\":\"tick\"") || line.contains("\"message\":\"passed\""))
        } != nil
    }

    /// Outcomes in the decision log, newest last.
    func outcomes() throws -> [JSON] {
        guard let text = try? String(contentsOf: journal, encoding: .utf8) else { return [] }
        return try text.split(separator: "\n").map { try JSONScanner.parse(Array($0.utf8)) }.compactMap { $0["outcome"] }
    }

    /// Asks the poker to stop and waits for its end.
    func stop() -> Int32 {
        process.terminate()
        ended.wait()
        return process.terminationStatus
    }
}
