import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import KeeperCore
import KeeperStore
import KeeperTransactions

/// A running `poker run` against a local chain, in step with it: a block is mined, and the test waits until the poker has looked at it.
final class PokerProcess: Sendable {
    private let process: Process
    private let ended: DispatchSemaphore
    let log: LineReader
    /// What it keeps: in flight, decided, remembered.
    let store: URL
    let config: URL

    /// - Parameters:
    ///   - extra: lines for the `poker` section.
    ///   - path: what follows the host in the node's URL.
    ///   - rpc: the `rpc` section, for other nodes than the chain's alone.
    ///   - signer: the `signer` section, for another place of the key than a file.
    ///   - sections: more sections of the configuration, a line each.
    ///   - isNew: whether the store is not there yet, so that the poker waits until its account is known to be quiet.
    convenience init(
        _ chain: LocalChain, account: String = "keeper", mode: String = "primary", megaPoker: String = "MEGAPOKER",
        extra: [String] = ["plan: cheapest"], ilks: [String]? = nil, path: String = "",
        rpc: String? = nil, signer: String = "{ privateKeyFile: \"${KEY_FILE}\" }",
        sections: [String] = [], isNew: Bool = false, more: [String] = []
    ) throws {
        let folder = try Project.temporaryFolder()
        let store = folder.appending(path: "poker.sqlite")
        let config = folder.appending(path: "poker.yaml")
        let text =
            Self.configuration(
                chain, mode: mode, megaPoker: megaPoker, extra: extra, ilks: ilks, store: store.path, signer: signer)
            + sections.map { $0 + "\n" }.joined()
        try (rpc.map { text + "rpc: \($0)\n" } ?? text).write(to: config, atomically: true, encoding: .utf8)
        let key = folder.appending(path: "key")
        try (chain.accounts[account]?.key ?? "").write(to: key, atomically: true, encoding: .utf8)
        if !isNew, let address = chain.accounts[account]?.address {
            try SQLiteStore(path: store.path).append(
                [.adopted(nonce: 0, block: 0)], of: StoreAccount(chainID: 1337, address: address), journal: [])
        }
        try self.init(folder, ["run", "--config", config.path] + (rpc == nil ? ["--rpc-url", chain.url + path] : []) + more)
    }

    /// Another process with the configuration, the key and the store of one that has ended.
    convenience init(_ chain: LocalChain, verb: String = "run", more: [String] = [], continuing other: PokerProcess) throws {
        let arguments = [verb, "--config", other.config.path, "--rpc-url", chain.url] + more
        try self.init(other.config.deletingLastPathComponent(), arguments)
    }

    private init(_ folder: URL, _ arguments: [String]) throws {
        store = folder.appending(path: "poker.sqlite")
        config = folder.appending(path: "poker.yaml")
        let started = try StartedPoker(Project.poker, arguments, key: folder.appending(path: "key"))
        (process, log, ended) = (started.process, started.log, started.ended)
    }

    deinit { process.terminate() }

    static func configuration(
        _ chain: LocalChain, mode: String = "primary", megaPoker: String = "MEGAPOKER", extra: [String] = ["plan: cheapest"],
        ilks: [String]? = nil, store: String? = nil, signer: String = "{ privateKeyFile: \"${KEY_FILE}\" }"
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
            \(store.map { "store: \($0)" } ?? "")
            log: { format: json, level: debug }

            """
    }

    /// Where it serves probes and metrics, when it does; `nil` if the process ended before.
    func operations() async -> URL? {
        let said = await log.line(after: 0) { $0.contains("probes, metrics and status at ") }
        guard let line = said?.0, let start = line.range(of: "http://") else { return nil }
        return URL(string: String(line[start.lowerBound...].prefix { $0 != "\"" }))
    }

    /// Waits until the poker has dealt with a block.
    /// - Returns: whether it did; `false` if the process ended.
    func hasSeen(_ head: BlockHeader) async -> Bool {
        await log.line(after: 0) { StartedPoker.deals($0, with: head) } != nil
    }

    /// The lines of the journal, also beside the running poker; none before the first.
    func journal() throws -> [JSON] {
        guard Project.exists(store) else { return [] }
        var lines: [JSON] = []
        try StoreFile(path: store.path).export(.journal) { line in
            // Verified by the store: it is what was written.
            if let json = try? JSONScanner.parse(line) { lines.append(json) }  // see above
        }
        return lines
    }

    /// Everything that the store's files hold.
    func storeBytes() throws -> String {
        try ["", "-wal"].map { URL(filePath: store.path + $0) }.filter(Project.exists)
            .map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }.joined()
    }

    /// Outcomes in the decision log, newest last.
    func outcomes() throws -> [JSON] { try journal().filter { $0["kind"] == "outcome" }.compactMap { $0["outcome"] } }

    /// Waits for its end, which it comes to by itself.
    func status() -> Int32 {
        ended.wait()
        return process.terminationStatus
    }

    /// Asks the poker to stop.
    func terminate() { process.terminate() }

    /// Asks the poker to stop and waits for its end.
    func stop() -> Int32 {
        process.terminate()
        ended.wait()
        return process.terminationStatus
    }
}
