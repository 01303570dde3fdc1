public import EthPrimitives
import NIOSSL

/// What a connection over TLS shows of us, and whom it believes. Nothing of it is ever printed.
public struct TLSCredentials: Sendable, CustomStringConvertible, CustomReflectable {
    /// Behind a closure, so that nothing that prints credentials prints the key.
    let configuration: @Sendable () -> TLSConfiguration

    /// A certificate with its key, for servers that ask who comes.
    public struct Identity: Sendable {
        var certificates: [UInt8]
        var key: SecretText

        /// - Parameters:
        ///   - certificates: PEM: the certificate, and behind it those between it and the authority.
        ///   - key: the certificate's private key in PEM, without a passphrase.
        public init(certificates: [UInt8], key: SecretText) {
            self.certificates = certificates
            self.key = key
        }
    }

    /// - Parameters:
    ///   - identity: `nil` shows none.
    ///   - authorities: PEM: the only authorities that the server's certificate may come from; `nil` for those of the system.
    /// - Throws: `TLSCredentialsError`, which shows nothing of the files.
    public init(identity: Identity? = nil, authorities: [UInt8]? = nil) throws(TLSCredentialsError) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .fullVerification
        if let authorities {
            configuration.trustRoots = .certificates(try Self.certificates(authorities, or: .authorities))
        }
        if let identity {
            let chain = try Self.certificates(identity.certificates, or: .certificate)
            configuration.certificateChain = chain.map { .certificate($0) }
            do {
                configuration.privateKey = .privateKey(
                    try NIOSSLPrivateKey(bytes: Array(identity.key.reveal().utf8), format: .pem))
            } catch { throw .key }
        }
        // The library looks at key and certificate together only when it is to use them.
        do { _ = try NIOSSLContext(configuration: configuration) } catch { throw identity == nil ? .authorities : .mismatch }
        let made = configuration
        self.configuration = { made }
    }

    private static func certificates(
        _ pem: [UInt8], or problem: TLSCredentialsError
    ) throws(TLSCredentialsError) -> [NIOSSLCertificate] {
        do {
            let certificates = try NIOSSLCertificate.fromPEMBytes(pem)
            guard !certificates.isEmpty else { throw problem }
            return certificates
        } catch { throw problem }
    }

    public var description: String { "<credentials>" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why credentials cannot be used.
public enum TLSCredentialsError: Error, Sendable, Hashable, CustomStringConvertible {
    case certificate
    case key
    /// The key is another certificate's.
    case mismatch
    case authorities

    public var description: String {
        switch self {
        case .certificate: "expected certificates in PEM"
        case .key: "expected a private key in PEM, without a passphrase"
        case .mismatch: "the private key does not belong to the certificate"
        case .authorities: "expected certificates of authorities in PEM"
        }
    }
}
