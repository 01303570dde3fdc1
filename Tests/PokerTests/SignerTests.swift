import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import KeeperTestServer
import TestSupport
import Testing

/// Each place where a keeper's key may be: it is used, told of, and never shown.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct SignerTests {
    /// Runs the poker through a slot with a signer; it pokes, and nothing secret is in what it writes.
    private static func pokes(_ files: SignerFiles, _ chain: LocalChain, signer: String) async throws {
        let poker = try PokerProcess(chain, signer: signer)
        for time in PokerRunTests.times(of: PokerRunTests.midnight) {
            let head = try await chain.mine(at: time)
            try #require(await poker.hasSeen(head), "\(poker.log.lines.suffix(2))")
        }
        #expect(poker.stop() == 0)
        #expect(try poker.outcomes().contains { $0["minedWithEffect"] != nil }, "\(poker.log.lines.suffix(5))")
        try files.expectNoSecret(poker.log.lines.joined(separator: "\n"), "log")
        try files.expectNoSecret(try poker.storeBytes(), "decision log")
    }

    private static func setup() async throws -> (LocalChain, SignerFiles) {
        let chain = try await LocalChain(genesisTime: PokerRunTests.midnight - 1800)
        return (chain, try SignerFiles(key: try #require(chain.accounts["keeper"]?.key)))
    }

    @Test("A poker with a remote signer over HTTPS with a client certificate pokes")
    func remoteRun() async throws {
        let (chain, files) = try await Self.setup()
        try await FaultServer.with(FaultScript(.signer(files.key)), tls: SignerFiles.tls()) { server in
            try await Self.pokes(files, chain, signer: files.remote(server.url))
            #expect(server.requests.flatMap(\.calls).map(\.method).allSatisfy { $0 == "eth_signTransaction" })
            #expect(!server.requests.isEmpty)
        }
    }

    @Test("A poker with a key file and a password pokes")
    func keystoreRun() async throws {
        let (chain, files) = try await Self.setup()
        try await Self.pokes(files, chain, signer: files.keystore)
    }

    @Test("A signer that changes what it signs is not believed: nothing is sent, and the log says which field")
    func alteringRun() async throws {
        let (chain, files) = try await Self.setup()
        let node = TestNode.signer(files.key) { $0.value = Wei(1) }
        try await FaultServer.with(FaultScript(node), tls: SignerFiles.tls()) { server in
            let poker = try PokerProcess(chain, signer: files.remote(server.url))
            for time in PokerRunTests.times(of: PokerRunTests.midnight) {
                let head = try await chain.mine(at: time)
                try #require(await poker.hasSeen(head), "\(poker.log.lines.suffix(2))")
            }
            #expect(poker.stop() == 0)
            #expect(try await chain.provider.nonce(of: files.key.address, at: .pending) == 0)
            let alerts = try poker.journal().compactMap { $0["alert"]?.string }
            #expect(alerts.contains { $0.contains("value: expected 0 wei, got 1 wei") }, "\(alerts)")
            #expect(poker.log.lines.contains { $0.contains("value: expected 0 wei, got 1 wei") })
        }
    }

    private static func run(_ verb: [String], _ signer: String, environment: [String: String] = [:]) async throws -> ProgramRun {
        let config = try Project.temporaryFolder().appending(path: "poker.yaml")
        try (BadInputTests.good + "signer: \(signer)\nlog: { level: trace }\n").write(
            to: config, atomically: true, encoding: .utf8)
        return try await ProgramRun.awaiting(Project.poker, verb + ["--config", config.path], environment: environment)
    }

    private static let verbs = [
        ["config", "check"], ["config", "check", "--json"], ["doctor", "--probes", "1"], ["doctor", "--json"], ["run"],
    ]

    @Test("config check, doctor and run tell what the signer is, and nothing secret of it")
    func told() async throws {
        let files = try SignerFiles(key: String(repeating: "c0ffee42", count: 8))
        try await FaultServer.with(FaultScript(.signer(files.key)), tls: SignerFiles.tls()) { server in
            let signers: [(yaml: String, says: String)] = [
                (files.privateKeyFile, "private key in a file"), (files.keystore, "key file"),
                ("{ privateKeyEnv: POKER_KEY }", "private key in the environment"),
                (files.remote(server.url), "remote signer (web3signer) of \(files.key.address)"),
            ]
            for signer in signers {
                for verb in Self.verbs {
                    let environment = ["POKER_KEY": String(repeating: "c0ffee42", count: 8)]
                    let run = try await Self.run(verb, signer.yaml, environment: environment)
                    let all = run.output + run.errors
                    try files.expectNoSecret(all, "\(verb) \(signer.says)")
                    // The node of this configuration is not there.
                    #expect(run.status == (verb.first == "config" ? 0 : 69), "\(verb): \(all)")
                    if verb != ["run"] { #expect(run.output.contains(signer.says), "\(verb): \(all)") }
                    if verb.first == "doctor" { #expect(run.output.contains("\(files.key.address)"), "\(all)") }
                    if signer.yaml.contains("privateKeyEnv"), !verb.contains("--json") || verb.first == "config" {
                        #expect(all.contains("the private key stands in the environment"), "\(verb): \(all)")
                    }
                }
            }
        }
    }

    @Test("a signer that cannot be used is a problem of the configuration, told without anything secret")
    func unusable() async throws {
        let files = try SignerFiles(key: String(repeating: "c0ffee42", count: 8))
        let echo = Reply.refuse(-32000, "no account for \(SignerFiles.token)")
        for (reply, client, authority, says) in [
            (Reply.html, "client", "authority", "HTML"), (echo, "client", "authority", "<secret>"),
            (.answer, "strange-client", "authority", "client's certificate"),
            (.answer, "client", "stranger", "server's certificate"),
            (.text(#"{"jsonrpc":"2.0","id":1,"result":[]}"#), "client", "authority", "does not have the account"),
        ] {
            try await FaultServer.with(FaultScript(.signer(files.key)).replying(reply) { _ in true }, tls: SignerFiles.tls()) {
                server in
                let run = try await Self.run(["doctor"], files.remote(server.url, client: client, trusts: authority))
                #expect(run.status == 78 && run.output.contains(says), "\(run.output)\(run.errors)")
                try files.expectNoSecret(run.output + run.errors, "\(says)")
            }
        }
        for verb in [["doctor"], ["run"]] {
            let run = try await Self.run(verb, files.wrongPassword)
            #expect(run.status == 78 && (run.output + run.errors).contains("signer.passwordFile"), "\(run.output)\(run.errors)")
            try files.expectNoSecret(run.output + run.errors, "\(verb)")
        }
        for signer in ["{ privateKeyEnv: POKER_KEY }", "{ keystoreFile: /no/such, passwordFile: /no/such }"] {
            let run = try await Self.run(["run"], signer, environment: ["POKER_KEY": SignerFiles.token])
            #expect(run.status == 78, "\(run.errors)")
            try files.expectNoSecret(run.output + run.errors, "\(signer)")
        }
        let both = try await Self.run(["config", "check"], "{ privateKeyEnv: A, privateKeyFile: b }")
        #expect(both.status == 78 && both.message.contains("exactly one of"), "\(both.message)")
    }
}
