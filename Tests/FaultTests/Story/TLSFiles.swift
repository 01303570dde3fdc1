import EthPrimitives
import EthTransports
import Foundation
import KeeperTestServer

/// The certificates of Tests/Fixtures/tls.
enum TLSFiles {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/tls")

    private static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    static func server() throws -> ServerTLS {
        try ServerTLS(certificate: bytes("server.pem"), key: bytes("server.key.pem"), clients: bytes("authority.pem"))
    }

    static func client() throws -> TLSCredentials {
        let key = SecretText(String(decoding: try bytes("client.key.pem"), as: UTF8.self))
        return try TLSCredentials(
            identity: .init(certificates: try bytes("client.pem"), key: key), authorities: try bytes("authority.pem"))
    }
}
