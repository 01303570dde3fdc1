import EthCodec
import Foundation
import TestSupport
import Testing

@testable import KeeperApp
@testable import Poker

@Suite("The configuration as it counts")
struct EffectiveConfigurationTests {
    private let folder: ConfigFolder

    init() throws { folder = try ConfigFolder() }

    /// Value and origin by dotted path.
    private static func keys(_ effective: EffectiveConfiguration) -> [String: (value: JSON, origin: String)] {
        let members = effective.json["keys"]?.members ?? []
        return Dictionary(
            uniqueKeysWithValues: members.map { ($0.name, ($0.value["value"] ?? .null, $0.value["origin"]?.string ?? "")) })
    }

    @Test(
        "each value has its origin: file and line, an included file, a later file, a flag, what is known of the chain, a default")
    func origins() throws {
        let common = try folder.write(
            "common/mainnet.yaml", "chain: { id: 1 }\nrpc:\n  quorum: 1\n  timeout: 7s\n  attempts: 9\n")
        let own = try folder.write(
            "own.yaml",
            ConfigFolder.least.replacingOccurrences(of: "chain: { id: 1337 }", with: "include: [common/mainnet.yaml]")
                + "rpc: { timeout: 8s, coolDown: 5s }\n")
        let later = try folder.write("later.yaml", "rpc:\n\n  coolDown: 6s\n")
        let flags = [(["transactions", "from"], "0x0c35a6920643ceE8904355Bce1Fc6642CB25f4Aa", "--from")]
        let effective = try ConfigFolder.effective([own, later], flags: flags)
        let keys = Self.keys(effective)
        let expected: [(key: String, value: String, origin: String)] = [
            ("name", "least", own + ":2"), ("rpc.timeout", "8s", own + ":10"), ("rpc.attempts", "9", common + ":5"),
            ("rpc.coolDown", "6s", later + ":3"), ("chain.id", "1", common + ":1"),
            ("chain.slotLength", "12s", "known for mainnet"),
            ("transactions.from", "0x0c35a6920643ceE8904355Bce1Fc6642CB25f4Aa", "--from"), ("rpc.maxHeadAge", "1m", "default"),
            ("transactions.maxFeePerGas", "60 gwei", "default"), ("poker.plan", "cheapest", "default"),
        ]
        for one in expected {
            let key = try #require(keys[one.key], "\(one.key)")
            #expect(key.value == .string(one.value) && key.origin == one.origin, "\(one.key): \(key)")
        }
        #expect(keys["store"]?.value == .null && keys["store"]?.origin == "not set")
        #expect(effective.text.hasPrefix("# read from \(own), \(common) (included by \(own)), \(later)\n"), "\(effective.text)")
        #expect(effective.text.contains("  timeout: 8s"))
    }

    @Test("of every key that there is, something is said")
    func complete() throws {
        let all = ConfigPaths.keys(try ConfigSurvey<Poker>().root)
        let shown = Self.keys(try ConfigFolder.effective([folder.write("least.yaml", ConfigFolder.least)]))
        for (path, _) in all where path != "include" {
            // What is not there has no keys, and a phase is nothing without a length.
            let isInside = path.contains("[") || ["signer.", "ops.", "chain.slotPhase"].contains { path.hasPrefix($0) }
            #expect(isInside || shown[path] != nil, "\(path)")
        }
        for path in ["signer", "ops", "rpc.endpoints", "alerts.sinks"] { #expect(shown[path]?.origin == "not set", "\(path)") }
    }

    @Test("where nothing is masked, it is a configuration that counts the same")
    func readBack() throws {
        let odd = """
            rpc:
              endpoints: [{ url: "${SOME_URL}", computeUnitsPerSecond: 330 }, { name: "b: #1", url: "${OTHER_URL}" }]
            signer: { remote: { url: "${SIGNER_URL}", address: "0x0c35a6920643ceE8904355Bce1Fc6642CB25f4Aa" } }
            store: "/tmp/with space: and # and \\"quotes\\""
            log: { level: "debug" }
            """
        let path = try folder.write(
            "odd.yaml", ConfigFolder.least.replacingOccurrences(of: "name: least", with: "name: \"0x10 - null\"") + odd)
        let first = try ConfigFolder.effective([path])
        #expect(!first.text.contains(ConfigMask.text), "\(first.text)")
        let second = try ConfigFolder.effective([folder.write("again.yaml", first.text)])
        let (keys, again) = (Self.keys(first), Self.keys(second))
        #expect(keys.mapValues(\.value) == again.mapValues(\.value))
        #expect(keys["store"]?.value == "/tmp/with space: and # and \"quotes\"" && keys["name"]?.value == "0x10 - null")
    }

    @Test("secrets and what leads to them are masked, and so are keys and URLs in the wrong place")
    func masks() throws {
        let digits = String(repeating: "c0ffee42", count: 8)
        let path = try folder.write(
            "secret.yaml",
            ConfigFolder.least.replacingOccurrences(of: "name: least", with: "name: \(digits)").replacingOccurrences(
                of: "ilks: [ETH-A]", with: "ilks: [ETH-A]\n  backupAfter: 5m")
                    + """
                    rpc:
                      endpoints:
                        - name: "https://canary-place/v3"
                          url: "https://canary-url/"
                          bearerToken: canary-bearer
                          headers: { X-Key: canary-header, X-OtherFile: /canary/header }
                        - { name: b, urlFile: /canary/url, bearerTokenFile: /canary/bearer }
                        - { name: c, url: "https://${HOST}/canary-rest", bearerToken: "${C_TOKEN}" }
                    signer:
                      remote: { urlFile: /canary/signer, address: "0x0c35a6920643ceE8904355Bce1Fc6642CB25f4Aa", bearerToken: canary-signer }
                    """)
        let effective = try ConfigFolder.effective([path])
        for text in [effective.text, effective.json.sortedText] {
            #expect(!text.contains("canary") && !text.contains(digits), "\(text)")
            #expect(text.contains("${C_TOKEN}"), "a variable's name is no secret")
        }
        let file = try folder.write("token", "canary-in-file")
        let named = try ConfigFolder.effective([
            folder.write("n.yaml", ConfigFolder.least.replacing("name: least", with: "nameFile: \(file)"))
        ])
        #expect(!named.text.contains("canary") && named.text.contains("nameFile: \"<masked>\""))
        let wrong = try folder.write("w.yaml", ConfigFolder.least + "rpc: { timeoutFile: \(file) }\n")
        let error = #expect(throws: ConfigError.self) { try ConfigFolder.effective([wrong]) }
        #expect(error?.key == "rpc.timeout" && error?.description.contains("canary") == false)
        let others = [
            "{ privateKey: \(digits) }", "{ privateKeyEnv: canary_variable }",
            "{ keystoreFile: /canary/a, passwordFile: /canary/b }",
        ]
        for signer in others {
            let text = try ConfigFolder.effective([folder.write("s.yaml", ConfigFolder.least + "signer: \(signer)\n")]).text
            #expect(!text.contains("canary") && !text.contains(digits) && text.contains("\"<masked>\""), "\(text)")
        }
    }

    @Test("what is masked is refused, by its key, where it is used")
    func maskedAgain() throws {
        let mask = "\"\(ConfigMask.text)\""
        let path = try folder.write(
            "masked.yaml",
            ConfigFolder.least
                + "rpc: { endpoints: [{ urlFile: \(mask) }] }\nsigner: { keystoreFile: \(mask), passwordFile: \(mask) }\n")
        let common = try Wiring<Poker>(ConfigLoader(path: path, readsNodeVariables: false)).common
        let url = #expect(throws: ConfigError.self) { try common.nodes.endpoints[0].place() }
        #expect(url?.key == "rpc.endpoints[0].urlFile" && url?.message.contains("masked") == true)
        let signer = try #require(common.signer)
        let password = #expect(throws: ConfigError.self) { try signer.signer() }
        #expect(password?.key == "signer.passwordFile" && password?.message.contains("masked") == true)
    }

    @Test("the command prints both forms, and takes flags and variables")
    func command() throws {
        let path = try folder.write("own.yaml", ConfigFolder.least)
        let environment = ["ETH_RPC_URL": "https://canary/v3", "LOG_LEVEL": "debug"]
        let run = try ProgramRun.poker(["config", "show", "--config", path, "--rpc-timeout", "4s"], environment: environment)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
        for line in ["timeout: 4s", "# --rpc-timeout", "level: debug", "# LOG_LEVEL", "# ETH_RPC_URL"] {
            #expect(run.output.contains(line), "\(line) in \(run.output)")
        }
        let json = try ProgramRun.poker(
            ["config", "show", "--config", path, "--json", "--rpc-url", "wss://canary"], environment: environment)
        #expect(json.status == 0 && !(run.output + json.output).contains("canary"))
        let url = try JSONScanner.parse(Array(json.output.utf8))["keys"]?["rpc.endpoints[0].url"]
        #expect(url?["masked"]?.bool == true && url?["origin"]?.string == "--rpc-url" && url?["value"] == .null, "\(json.output)")
    }
}
