import NIOSSL

/// How a server proves who it is, and whom it lets in.
public struct ServerTLS: Sendable {
    let context: NIOSSLContext

    /// - Parameters:
    ///   - certificate: PEM.
    ///   - key: the certificate's private key in PEM.
    ///   - clients: PEM: authorities of clients; whoever shows no certificate of theirs is turned away. `nil` asks for none.
    /// - Throws: NIOSSL's errors.
    public init(certificate: [UInt8], key: [UInt8], clients: [UInt8]?) throws {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: key, format: .pem)))
        if let clients {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(clients))
            configuration.certificateVerification = .noHostnameVerification
        }
        context = try NIOSSLContext(configuration: configuration)
    }
}
