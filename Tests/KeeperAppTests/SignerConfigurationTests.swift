import EthCodec
import EthCrypto
import EthKeystore
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import KeeperTransactions
import Testing

@testable import KeeperApp

@Suite("The signer in the configuration")
struct SignerConfigurationTests {
    /// A folder with the files of signers.
    private struct Folder {
        let url: URL
        init() throws {
            url = FileManager.default.temporaryDirectory.appending(path: "signer-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }

        /// - Returns: the path.
        func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
            let file = url.appending(path: name)
            try text.write(to: file, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
            return file.path
        }
    }

    private static func read(_ signer: String) throws -> SignerConfiguration? {
        let file = try Folder().write(
            "c.yaml", "version: 1\nname: test\nchain: { id: 1337 }\nsigner: \(signer)\n")
        let root = try ConfigReader(try ConfigLoader(path: file, readsNodeVariables: false).load())
        let common = try KeeperConfiguration.read(root)
        try root.rejectUnknownKeys()
        return common.signer
    }

    private static func signer(_ text: String) throws -> any Signer { try #require(try read(text)).signer() }

    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/tls").path
    private static let keyText = String(repeating: "c0ffee42", count: 8)
    private static let password = " canary password "
    private static let address = "\"0x00000000000000000000000000000000000000ff\""
    private static let key: PrivateKey = {
        do { return try PrivateKey(hex: keyText) } catch { preconditionFailure("\(error)") }
    }()
    private static let keystore: String = {
        do {
            let file = try KeystoreV3(encrypting: key, password: Password(SecretText(password)), strength: .light)
            return file.json.description
        } catch { preconditionFailure("\(error)") }
    }()

    @Test("no section is no signer")
    func none() throws {
        let file = try Folder().write("c.yaml", "version: 1\nname: test\nchain: { id: 1337 }\n")
        #expect(
            try KeeperConfiguration.read(ConfigReader(ConfigLoader(path: file, readsNodeVariables: false).load())).signer == nil)
    }

    @Test("a key file is opened with the password of the other file, spaces and all")
    func keystoreFile() throws {
        let folder = try Folder()
        let file = try folder.write("key.json", Self.keystore)
        for ending in ["", "\n", "\r\n"] {
            let password = try folder.write("password", Self.password + ending)
            #expect(try Self.signer("{ keystoreFile: \(file), passwordFile: \(password) }").address == Self.key.address)
        }
    }

    @Test("a wrong password and damaged or hostile key files are told by their keys, and nothing of them is shown")
    func keystoreErrors() throws {
        let folder = try Folder()
        let good = try folder.write("key.json", Self.keystore)
        let password = try folder.write("password", Self.password)
        let wrong = try folder.write("wrong", "canary-wrong")
        let hostile = Self.keystore.replacing("\"n\":4096", with: "\"n\":4294967296")
        try #require(hostile != Self.keystore)
        let cases: [(file: String, password: String, key: String, says: String)] = [
            (good, wrong, "signer.passwordFile", "does not open"), (good, "/no/such", "signer.passwordFile", "cannot read"),
            ("/no/such", password, "signer.keystoreFile", "cannot read"),
            (try folder.write("none.json", "canary-json"), password, "signer.keystoreFile", "key file"),
            (try folder.write("empty.json", ""), password, "signer.keystoreFile", "key file"),
            (try folder.write("hostile.json", hostile), password, "signer.keystoreFile", "1 GiB"),
            (try folder.write("huge.json", String(repeating: " ", count: 2 << 20)), password, "signer.keystoreFile", "at most"),
            (folder.url.path, password, "signer.keystoreFile", "cannot read"),
        ]
        for one in cases {
            let error = #expect(throws: ConfigError.self) {
                try Self.signer("{ keystoreFile: \(one.file), passwordFile: \(one.password) }")
            }
            let text = error.map(\.description) ?? ""
            #expect(error?.key == one.key && text.contains(one.says), "\(text)")
            #expect(!text.contains("canary") && !text.contains(Self.keyText), "\(text)")
        }
    }

    @Test("a key in a file, and in a variable, which counts as exposed")
    func plainKeys() throws {
        let file = try Folder().write("key", "0x" + Self.keyText + "\n")
        #expect(try Self.signer("{ privateKeyFile: \(file) }").address == Self.key.address)
        let configuration = try #require(try Self.read("{ privateKeyEnv: POKER_KEY_OF_NOBODY }"))
        #expect(SignerExposure.all(configuration).map(\.text) == ["the private key stands in the environment"])
        let error = #expect(throws: ConfigError.self) { try configuration.signer() }
        #expect(error?.key == "signer.privateKeyEnv" && error?.message.contains("not set") == true)
    }

    @Test("a remote signer with everything that it can have")
    func remote() throws {
        let folder = try Folder()
        let token = try folder.write("token", "canary-token")
        let signer = try Self.signer(
            """
            { remote: { url: "https://signer:9000/canary", address: \(Self.address), dialect: clef, timeout: 5s,
              clientCertificateFile: \(Self.fixtures)/client.pem, clientKeyFile: \(Self.fixtures)/client.key.pem,
              caFile: \(Self.fixtures)/authority.pem, bearerTokenFile: \(token), headers: { X-KeyFile: \(token) } } }
            """)
        let remote = try #require(signer as? RemoteSigner)
        #expect(try remote.dialect == .clef && remote.address == Address(hex: "0x00000000000000000000000000000000000000ff"))
    }

    @Test("what a remote signer needs and does not get is told by its key")
    func remoteErrors() throws {
        let folder = try Folder()
        let junk = try folder.write("junk", "canary-junk")
        let start = "url: \"https://signer:9000\", address: \(Self.address)"
        let (certificate, key) = (
            "clientCertificateFile: \(Self.fixtures)/client.pem", "clientKeyFile: \(Self.fixtures)/client.key.pem"
        )
        let cases: [(text: String, key: String)] = [
            ("address: \(Self.address)", "signer.remote.url"), ("url: \"https://signer\"", "signer.remote.address"),
            ("url: \"http://canary\", address: \(Self.address)", "signer.remote.url"),
            ("urlFile: \(junk), address: \(Self.address)", "signer.remote.urlFile"),
            ("url: \"https://signer\", address: \"0xff\"", "signer.remote.address"),
            (start + ", dialect: vault", "signer.remote.dialect"), (start + ", timeout: 0s", "signer.remote.timeout"),
            (start + ", \(certificate)", "signer.remote.clientKeyFile"),
            (start + ", \(key)", "signer.remote.clientCertificateFile"),
            (start + ", clientCertificateFile: \(junk), \(key)", "signer.remote.clientCertificateFile"),
            (start + ", \(certificate), clientKeyFile: \(junk)", "signer.remote.clientKeyFile"),
            (start + ", \(certificate), clientKeyFile: \(Self.fixtures)/server.key.pem", "signer.remote.clientKeyFile"),
            (start + ", caFile: \(junk)", "signer.remote.caFile"), (start + ", caFile: /no/such", "signer.remote.caFile"),
            (start + ", clientCertificate: x", "signer.remote.clientCertificate"),
            (start + ", headers: { Host: x }", "signer.remote.url"),
        ]
        for one in cases {
            let error = #expect(throws: ConfigError.self, "\(one.text)") { try Self.signer("{ remote: { \(one.text) } }") }
            #expect(error?.key == one.key, "\(error.map(\.description) ?? "")")
            #expect(error?.description.contains("canary") == false, "\(error.map(\.description) ?? "")")
        }
    }

    @Test(
        "exactly one place for the key",
        arguments: [
            ("{}", "signer", "got none"), ("null", "signer", "got none"),
            ("{ privateKeyFile: a, privateKeyEnv: B }", "signer", "privateKeyFile and privateKeyEnv"),
            (
                "{ keystoreFile: a, passwordFile: b, remote: { url: \"https://s\", address: \(address) } }", "signer",
                "keystoreFile and remote"
            ),
            ("{ keystoreFile: a }", "signer.passwordFile", "missing"), ("{ passwordFile: a }", "signer.keystoreFile", "missing"),
            ("{ privateKeyFile: a, passwordFile: b }", "signer.passwordFile", "belongs to keystoreFile"),
            ("{ keystore: a, passwordFile: b }", "signer.keystore", "did you mean keystoreFile?"),
            ("{ privateKeyEnv: 0\(keyText) }", "signer.privateKeyEnv", "name of a variable"),
            ("{ privateKeyEnv: \(keyText) }", "signer.privateKeyEnv", "name of a variable"),
            ("{ keystoreFile: [a] }", "signer.keystoreFile", "file name"), ("{ mnemonic: a }", "signer.mnemonic", "unknown key"),
        ])
    func exactlyOne(text: String, key: String, says: String) {
        let error = #expect(throws: ConfigError.self) { try Self.read(text) }
        #expect(error?.key == key && error?.message.contains(says) == true, "\(error.map(\.description) ?? "")")
        #expect(error?.description.contains(Self.keyText) == false)
    }

    @Test("files that others can read are exposed, through links too; links themselves are not")
    func exposure() throws {
        let folder = try Folder()
        let (open, closed) = (try folder.write("open", "x", mode: 0o640), try folder.write("closed", "x"))
        let links = ["open", "closed"].map { folder.url.appending(path: "link-\($0)").path }
        for (link, target) in zip(links, [open, closed]) {
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        }
        func texts(_ signer: String) throws -> [String] { SignerExposure.all(try #require(try Self.read(signer))).map(\.text) }
        func text(_ key: String) -> String { "others than its owner can read the file of signer.\(key)" }
        for open in [open, links[0]] {
            #expect(try texts("{ privateKeyFile: \(open) }") == [text("privateKeyFile")])
            #expect(
                try texts("{ keystoreFile: \(open), passwordFile: \(open) }") == [text("keystoreFile"), text("passwordFile")])
            let remote =
                "{ remote: { urlFile: \(open), address: \(Self.address), clientCertificateFile: \(open), clientKeyFile: \(open), bearerTokenFile: \(open), headers: { X-KeyFile: \(open) } } }"
            #expect(
                try texts(remote)
                    == ["remote.clientKeyFile", "remote.urlFile", "remote.bearerTokenFile", "remote.headers.X-KeyFile"].map(text))
        }
        for closed in [closed, links[1], "/no/such"] {
            #expect(try texts("{ keystoreFile: \(closed), passwordFile: \(closed) }") == [])
        }
        #expect(
            try texts("{ privateKey: \(Self.keyText) }") == ["the private key stands in the configuration or the environment"])
    }

    @Test(
        "a file of another owner is closed where a group can read it and nobody else, as secrets of Kubernetes are",
        .enabled(if: geteuid() == 0, "only root can give files away"), arguments: [(0o440, false), (0o444, true), (0o460, true)])
    func secretOfAnother(mode: Int, isExposed: Bool) throws {
        let file = try Folder().write("secret", "x", mode: mode)
        try FileManager.default.setAttributes([.ownerAccountID: 65532], ofItemAtPath: file)
        #expect(ConfigFile.admitsOthers(file) == isExposed)
    }

    @Test("a refusal of the policy ends with 77, a signer's wrong answer with 65")
    func exitCodes() {
        #expect(KeeperExitCode(for: SigningRefusal.deployment) == .refusedByPolicy)
        #expect(KeeperExitCode(for: RemoteSignerError.highS) == .badData)
        #expect(KeeperExitCode(for: ConfigError("signer", "x")) == .configuration)
    }
}
