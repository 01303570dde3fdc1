import EthCrypto
import EthKeystore
import EthPrimitives
import EthRPC
import EthTransactions
import EthTransports
import Foundation

extension SignerConfiguration {
    /// Reads the key, or finds the way to it. For a key file it takes a second, by its limits at most some twenty.
    /// - Parameter tell: hears when what leads to a remote signer is read again. Keys in files are read once: another one needs a restart.
    /// - Throws: `ConfigError` naming the key of the configuration, and nothing that is secret.
    func signer(tell: @escaping @Sendable (RotationNotice) -> Void = { _ in }) throws(ConfigError) -> any Signer {
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
        case .remote(let remote): return try remote.signer(tell: tell)
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
    fileprivate func signer(tell: @escaping @Sendable (RotationNotice) -> Void) throws(ConfigError) -> RemoteSigner {
        let references = ([url, bearerToken] + headers.map(\.value)).compactMap(RotatingFile.init)
        let files = references + [clientCertificate, clientKey, authority].compactMap(RotatingFile.init)
        let source = try EndpointSource(label: "signer", files, tell: tell) { () throws(ConfigError) in try endpoint() }
        let limits = HTTPTransport.Limits(timeout: .seconds(Int64(clamping: timeout)), maximumBytes: Self.largestAnswer)
        do throws(RPCError) {
            return RemoteSigner(address: address, dialect: dialect, transport: try HTTPTransport(source, limits: limits))
        } catch { throw unusable(error) }
    }

    private func unusable(_ error: RPCError) -> ConfigError { ConfigError(url.key, origin: url.origin, error.message) }

    /// Where it is, with everything read that leads there.
    private func endpoint() throws(ConfigError) -> Endpoint {
        let url = try url.read()
        var values: [(name: String, value: SecretText)] = []
        for header in headers { values.append((header.name, try header.value.read())) }
        let (bearer, tls) = (try bearerToken?.read(), try credentials())
        do throws(RPCError) {
            return try Endpoint(label: "signer", url: url, headers: values, bearer: bearer, tls: tls)
        } catch { throw unusable(error) }
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
