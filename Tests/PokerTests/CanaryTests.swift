import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import Synchronization
import TestSupport
import Testing

/// Secrets planted in the key and in the URL are looked for in everything that the poker writes.
@Suite(.serialized)
struct CanaryTests {
    /// A token as hosted nodes put it into the path of the URL.
    static let token = "canary4f1e77c0ffee"

    private static func expectNoSecret(_ text: String, _ key: String, _ place: Comment) {
        let digits = key.hasPrefix("0x") ? String(key.dropFirst(2)) : key
        #expect(!text.contains(token), place)
        #expect(!text.lowercased().contains(digits.lowercased()), place)
    }

    @Test("A run, a recording and a dry run write neither the key nor the URL's token anywhere")
    func healthy() async throws {
        let chain = try await LocalChain(genesisTime: PokerRunTests.midnight - 1800)
        let key = try #require(chain.accounts["keeper"]?.key)
        let poker = try PokerProcess(chain, path: "/v3/" + Self.token)
        for time in PokerRunTests.times(of: PokerRunTests.midnight) {
            let head = try await chain.mine(at: time)
            try #require(await poker.hasSeen(head), "\(poker.log.lines.suffix(2))")
        }
        #expect(poker.stop() == 0)
        #expect(try poker.outcomes().contains { $0["minedWithEffect"] != nil })
        Self.expectNoSecret(poker.log.lines.joined(separator: "\n"), key, "log")
        Self.expectNoSecret(try poker.storeBytes(), key, "store")

        let folder = try Project.temporaryFolder()
        let cassette = folder.appending(path: "canary.ndjson")
        let environment = ["KEY_FILE": "no-such-file", "ETH_RPC_URL": chain.url + "/v3/" + Self.token]
        let until = String(try await chain.provider.head().timestamp + 12_000)
        let ended = Mutex(false)
        let recording = Task.detached {
            defer { ended.withLock { $0 = true } }
            return try ProgramRun.poker(
                ["record", "--config", poker.config.path, "--output", cassette.path, "--until", until], environment: environment)
        }
        // The recorder ends at the first head at or after its time; blocks are made until it has.
        while !ended.withLock({ $0 }) { try await chain.mine() }
        let recorded = try await recording.value
        #expect(recorded.status == 0, "\(recorded.errors)")
        Self.expectNoSecret(recorded.output + recorded.errors, key, "record")
        Self.expectNoSecret(try String(contentsOf: cassette, encoding: .utf8), key, "cassette")

        for arguments in [["dry-run"], ["dry-run", "--json"], ["config", "check"]] {
            let run = try ProgramRun.poker(arguments + ["--config", poker.config.path], environment: environment)
            #expect(run.status == 0, "\(run.errors)")
            Self.expectNoSecret(run.output + run.errors, key, "\(arguments)")
        }
    }

    @Test(
        "No failure writes the key or the URL's token",
        arguments: [
            "<html>canary</html>", "{\"jsonrpc\":\"2.0\",\"id\":1,\"resu", "", #"{"jsonrpc":"2.0","id":9,"result":"0x539"}"#,
            #"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"no"}}"#, #"{"jsonrpc":"2.0","id":1,"result":"0x1"}"#,
        ])
    func failures(body: String) throws {
        let server = try CannedServer { _ in body }
        let folder = try Project.temporaryFolder()
        let key = String(repeating: "c0ffee42", count: 8)
        let file = folder.appending(path: "key")
        try key.write(to: file, atomically: true, encoding: .utf8)
        let config = folder.appending(path: "poker.yaml")
        try (BadInputTests.good + "signer: { privateKeyFile: \(file.path) }\nlog: { level: trace }\n")
            .write(to: config, atomically: true, encoding: .utf8)
        for url in [server.url + "/" + Self.token, "http://127.0.0.1:1/" + Self.token, "ftp://\(Self.token)"] {
            for verb in ["run", "dry-run"] {
                let run = try ProgramRun.poker([verb, "--config", config.path], environment: ["ETH_RPC_URL": url])
                #expect(run.status != 0)
                Self.expectNoSecret(run.output + run.errors, key, "\(verb) \(run.status)")
            }
        }
    }

    @Test(
        "A key that is none is refused without being shown",
        arguments: ["c0ffee42", String(repeating: "zz", count: 32), "0x0", ""])
    func badKey(key: String) throws {
        let folder = try Project.temporaryFolder()
        let file = folder.appending(path: "key")
        try key.write(to: file, atomically: true, encoding: .utf8)
        let config = folder.appending(path: "poker.yaml")
        try (BadInputTests.good + "signer: { privateKeyFile: \(file.path) }\n").write(
            to: config, atomically: true, encoding: .utf8)
        let run = try ProgramRun.poker(["run", "--config", config.path])
        let says = key.isEmpty ? "is empty" : "64 hexadecimal digits"
        #expect(run.status == 78 && run.message.contains(says), "\(run.message)")
        if key.count > 4 { #expect(!run.errors.contains(key)) }
    }
}
