import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import KeeperCore
import KeeperStore
import KeeperTransactions

@testable import KeeperApp
@testable import Poker

/// A poker as `run` has it, in this process: its store, its key and its configuration are real, its time and its way to the nodes are
/// those of the month.
final class MonthKeeper {
    let name: String
    let store: URL
    let account: StoreAccount
    private let config: URL
    private let environment: RunEnvironment
    private let time: MonthTime
    private var task: Task<Void, any Error>?

    /// The loop, the desk of operators, the judge of alerts, and their delivery.
    private static let services = 4

    init(
        _ chain: LocalChain, in folder: URL, account role: String, mode: String, _ environment: RunEnvironment, _ time: MonthTime
    )
        throws
    {
        name = "poker-\(mode)"
        store = folder.appending(path: "\(name).sqlite")
        config = folder.appending(path: "\(name).yaml")
        (self.environment, self.time) = (environment, time)
        let key = folder.appending(path: "\(name).key")
        try (chain.accounts[role]?.key ?? "").write(to: key, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
        account = StoreAccount(chainID: 1337, address: chain.accounts[role]?.address ?? .zero)
        try Self.configuration(chain, name: name, mode: mode, store: store, key: key)
            .write(to: config, atomically: true, encoding: .utf8)
        try SQLiteStore(path: store.path).append([.adopted(nonce: 0, block: 0)], of: account, journal: [])
    }

    private static func configuration(_ chain: LocalChain, name: String, mode: String, store: URL, key: URL) -> String {
        PokerProcess.configuration(chain, mode: mode, store: store.path, signer: "{ privateKeyFile: \"\(key.path)\" }")
            .replacing("name: poker-local", with: "name: \(name)")
            .replacing("clock: chain", with: "clock: wall")
            .replacing("transactions: { maxFeePerGas: 100 gwei }", with: "transactions: { maxFeePerGas: 60 gwei }")
            .replacing("log: { format: json, level: debug }", with: "log: { level: error }") + """
                rpc:
                  endpoints: [{ name: own, url: "\(chain.url)/own" }, { name: hosted, url: "\(chain.url)/hosted" }]
                  maxHeadAge: 10m
                  idleInterval: 10m
                  coolDown: 1s
                alerts:
                  sinks:
                    - { type: pagerduty, name: pager, routingKey: key, minimum: page }
                    - { type: webhook, name: channel, url: "http://127.0.0.1:1/", secret: word }

                """
    }

    func start() throws {
        var wiring = try Wiring<Poker>(ConfigLoader(path: config.path, readsNodeVariables: false))
        wiring.environment = environment
        let service = KeeperService(try Premises(wiring))
        time.expect(Self.services)
        task = Task { try await service.run() }
    }

    /// Ends it without a word.
    func kill() async -> (any Error)? {
        time.expect(-Self.services)
        task?.cancel()
        defer { task = nil }
        if case .failure(let error)? = await task?.result, !(error is CancellationError) { return error }
        return nil
    }

    /// Slots of the transactions that had their effect.
    func served() throws -> [UInt64] {
        let state = try MachineState(replaying: try StoreFile(path: store.path).records(of: account))
        return state.settled.compactMap { if case .minedWithEffect = $0.outcome { $0.key.id.epoch } else { nil } }
    }
}
