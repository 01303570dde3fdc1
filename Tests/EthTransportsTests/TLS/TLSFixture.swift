import EthPrimitives
import EthTransports
import Foundation
import KeeperTestServer

/// The certificates of Tests/Fixtures/tls.
enum TLSFixture {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/tls")

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    /// A server that lets in clients of the test authority only.
    static func server(_ name: String = "server", asksClients: Bool = true) throws -> ServerTLS {
        try ServerTLS(
            certificate: bytes("\(name).pem"), key: bytes("\(name).key.pem"), clients: asksClients ? bytes("authority.pem") : nil)
    }

    /// A client's credentials.
    static func client(_ name: String? = "client", key: String? = nil, trusts authority: String? = "authority") throws
        -> TLSCredentials
    {
        let identity = try name.map { name in
            TLSCredentials.Identity(
                certificates: try bytes("\(name).pem"),
                key: SecretText(String(decoding: try bytes("\(key ?? name).key.pem"), as: UTF8.self)))
        }
        return try TLSCredentials(identity: identity, authorities: try authority.map { try bytes("\($0).pem") })
    }

    /// Lines of a PEM file that must never be seen.
    static func secretLines(_ name: String) throws -> [String] {
        String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n").map(String.init).filter { !$0.hasPrefix("-----") }
    }
}
