import EthCodec
import EthCrypto
import EthKeystore
import EthPrimitives
import Foundation
import KeeperTestServer
import Testing

/// Files of a key in all the places where a keeper may have it, with secrets that must never be seen.
struct SignerFiles {
    static let password = "canaryPassword0ff1ce"
    static let token = "canaryToken7e57ab1e"
    private static let fixtures = Project.fixtures.appending(path: "tls")

    let key: PrivateKey
    private let digits: String
    private let folder: URL

    init(key digits: String) throws {
        self.digits = digits.hasPrefix("0x") ? String(digits.dropFirst(2)) : digits
        key = try PrivateKey(hex: digits)
        folder = try Project.temporaryFolder()
        let keystore = try KeystoreV3(encrypting: key, password: Password(SecretText(Self.password)), strength: .light)
        for (name, text) in [
            ("key", digits), ("keystore", keystore.json.description), ("password", Self.password + "\n"), ("token", Self.token),
        ] {
            let file = folder.appending(path: name)
            try text.write(to: file, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        }
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    var privateKeyFile: String { "{ privateKeyFile: \(path("key")) }" }
    var keystore: String { "{ keystoreFile: \(path("keystore")), passwordFile: \(path("password")) }" }
    var wrongPassword: String { "{ keystoreFile: \(path("keystore")), passwordFile: \(path("token")) }" }

    /// A remote signer at a URL, which gets the token as a header, as a bearer and in the path.
    func remote(_ url: String, client: String = "client", trusts authority: String = "authority") -> String {
        let tls = Self.fixtures.path
        return """
            { remote: { url: "\(url)/\(Self.token)?key=\(Self.token)", address: "\(key.address)", timeout: 5s, \
            clientCertificateFile: \(tls)/\(client).pem, clientKeyFile: \(tls)/\(client).key.pem, \
            caFile: \(tls)/\(authority).pem, bearerTokenFile: \(path("token")), headers: { X-KeyFile: \(path("token")) } } }
            """
    }

    static func tls() throws -> ServerTLS {
        func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: fixtures.appending(path: name))) }
        return try ServerTLS(
            certificate: bytes("server.pem"), key: bytes("server.key.pem"), clients: bytes("authority.pem"))
    }

    /// None of the secrets is in a text.
    func expectNoSecret(_ text: String, _ place: Comment, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(!text.lowercased().contains(digits.lowercased()), place, sourceLocation: sourceLocation)
        #expect(!text.contains(Self.password) && !text.contains(Self.token), place, sourceLocation: sourceLocation)
        for name in ["client", "strange-client", "expired-client"] {
            let pem = try String(contentsOf: Self.fixtures.appending(path: "\(name).key.pem"), encoding: .utf8)
            for line in pem.split(separator: "\n") where !line.hasPrefix("-----") {
                #expect(!text.contains(line), place, sourceLocation: sourceLocation)
            }
        }
    }
}
