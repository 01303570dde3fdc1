import EthCrypto
import EthKeystore
import EthPrimitives
import EthRPC
import EthTransactions
import EthTransports
import Foundation

extension SignerConfiguration {
    /// Reads the key, or finds the way to it. For a key file it takes a second, by its limits at most some twenty.
    /// - Throws: `ConfigError` naming the key of the configuration, and nothing that is secret.
    func signer() throws(ConfigError) -> any Signer {
        switch self {
        case .privateKey(let reference):
            return try Self.local(try reference.read(), "signer.privateKey", reference.origin)
        case .environment(let place):
            guard let text = ProcessInfo.processInfo.environment[place.variable], !text.isEmpty else {
                throw ConfigError("signer.privateKeyEnv", origin: place.origin, "the variable that it names is not set")
            }
            return try Self.local(SecretText(text), "signer.privateKeyEnv", place.origin)
        case .keystore(let file, let password):
            return LocalSigner(try Self.opened(file, Password(try password.text()), password))
        case .remote(let remote): return try remote.signer()
        }
    }

    private static func local(_ text: SecretText, _ key: String, _ origin: String) throws(ConfigError) -> LocalSigner {
        do { return LocalSigner(try PrivateKey(hex: text.reveal())) } catch {
            throw ConfigError(key, origin: origin, "expected a private key of 64 hexadecimal digits")
        }
    }

    private static func opened(
        _ file: ConfigFile, _ password: Password, _ passwordFile: ConfigFile
    ) throws(ConfigError) -> PrivateKey {
        let bytes = try file.bytes()
        do throws(KeystoreError) { return try KeyFile(parsing: bytes).decrypt(password) } catch {
            switch error {
            case .wrongPassword: throw passwordFile.error("\(error)")
            // What is no key file may be anything: none of it is repeated.
            case .notJSON: throw file.error("expected a key file (JSON)")
            case .invalid(let field, let expected, _): throw file.error("\(field): expected \(expected)")
            case .missing, .duplicate, .notAKey, .wrongAddress, .cryptography: throw file.error("\(error)")
            }
        }
    }
}

extension RemoteSignerConfiguration {
    /// Answers are some hundred bytes; data of the largest transactions that nodes take has 128 KiB, twice in hexadecimal.
    private static let largestAnswer = 1 << 20

    /// The way to the signer, which is not asked yet.
    func signer() throws(ConfigError) -> RemoteSigner {
        let url = try url.read()
        var values: [(name: String, value: SecretText)] = []
        for header in headers { values.append((header.name, try header.value.read())) }
        let (bearer, tls) = (try bearerToken?.read(), try credentials())
        do throws(RPCError) {
            let endpoint = try Endpoint(label: "signer", url: url, headers: values, bearer: bearer, tls: tls)
            let limits = HTTPTransport.Limits(timeout: .seconds(Int64(clamping: timeout)), maximumBytes: Self.largestAnswer)
            return RemoteSigner(address: address, dialect: dialect, transport: try HTTPTransport(endpoint, limits: limits))
        } catch {
            throw ConfigError(self.url.key, origin: self.url.origin, error.message)
        }
    }

    private func credentials() throws(ConfigError) -> TLSCredentials {
        var identity: TLSCredentials.Identity?
        if let clientCertificate, let clientKey {
            identity = TLSCredentials.Identity(certificates: try clientCertificate.bytes(), key: try clientKey.text())
        }
        let authorities = try authority?.bytes()
        do throws(TLSCredentialsError) { return try TLSCredentials(identity: identity, authorities: authorities) } catch {
            let file =
                switch error {
                case .certificate: clientCertificate
                case .key, .mismatch: clientKey
                case .authorities: authority
                }
            throw file?.error("\(error)") ?? ConfigError("signer.remote", "\(error)")
        }
    }
}
