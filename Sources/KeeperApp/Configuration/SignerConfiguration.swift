import EthPrimitives
import EthRPC

/// Where the key is: in exactly one place.
enum SignerConfiguration: Sendable {
    /// In a file as 64 hexadecimal digits, or, with a warning, in the configuration.
    case privateKey(ConfigReference)
    /// In a variable of the environment, with a warning.
    case environment(EnvironmentKey)
    /// In a key file of geth's format, under the password in another file.
    case keystore(ConfigFile, password: ConfigFile)
    /// In another process.
    case remote(RemoteSignerConfiguration)

    /// The variable that holds a key.
    struct EnvironmentKey: Sendable {
        var variable: String
        var origin: String
    }

    /// For people; nothing of the configuration's values.
    var description: String {
        switch self {
        case .privateKey(let reference): reference.isFile ? "private key in a file" : "private key in the configuration"
        case .environment: "private key in the environment"
        case .keystore: "key file"
        case .remote(let remote): "remote signer (\(remote.dialect.rawValue)) of \(remote.address)"
        }
    }
}

/// A signer in another process, over HTTPS.
struct RemoteSignerConfiguration: Sendable {
    var address: Address
    var dialect: SignerDialect
    var url: ConfigReference
    var headers: [(name: String, value: ConfigReference)]
    var bearerToken: ConfigReference?
    var clientCertificate: ConfigFile?
    var clientKey: ConfigFile?
    /// The authorities of its certificate; `nil` for those of the system.
    var authority: ConfigFile?
    /// Seconds for one signature.
    var timeout: UInt64
}

extension SignerConfiguration {
    private static let places = ["keystoreFile", "privateKeyFile", "privateKeyEnv", "remote"]

    /// Reads the section `signer`; `nil` where there is none.
    static func read(_ root: ConfigReader) throws(ConfigError) -> Self? {
        guard root.has("signer") else { return nil }
        let reader = try root.section("signer")
        let privateKey = try reader.reference("privateKey")
        let variable = try reader.variable("privateKeyEnv")
        let (keystore, password) = (try reader.file("keystoreFile"), try reader.file("passwordFile"))
        let remote = try reader.has("remote") ? RemoteSignerConfiguration(reader.section("remote")) : nil
        // A misspelt key is told before what follows from it.
        try reader.rejectUnknownKeys()
        if keystore == nil, password != nil, remote == nil, privateKey == nil, variable == nil {
            throw reader.error("keystoreFile", "the key is missing, and passwordFile is there")
        }
        var found: [(name: String, signer: Self)] = []
        if let keystore {
            guard let password else { throw reader.error("passwordFile", "the key is missing: the key file needs it") }
            found.append(("keystoreFile", .keystore(keystore, password: password)))
        } else if password != nil {
            throw reader.error("passwordFile", "it belongs to keystoreFile, which is not there")
        }
        if let privateKey { found.append((privateKey.isFile ? "privateKeyFile" : "privateKey", .privateKey(privateKey))) }
        if let variable { found.append(("privateKeyEnv", .environment(variable))) }
        if let remote { found.append(("remote", .remote(remote))) }
        guard let only = found.first, found.count == 1 else {
            let got = found.isEmpty ? "none" : found.map(\.name).joined(separator: " and ")
            throw root.error("signer", "expected exactly one of \(Self.places.joined(separator: ", ")), got \(got)")
        }
        return only.signer
    }
}

extension RemoteSignerConfiguration {
    fileprivate init(_ reader: ConfigReader) throws(ConfigError) {
        url = try reader.required("url", reader.reference("url"))
        address = try reader.required("address", reader.address("address"))
        dialect = try reader.word("dialect", SignerDialect.self) ?? .web3signer
        headers = try reader.headers()
        bearerToken = try reader.reference("bearerToken")
        clientCertificate = try reader.file("clientCertificateFile")
        clientKey = try reader.file("clientKeyFile")
        authority = try reader.file("caFile")
        timeout = try reader.seconds("timeout") ?? 10
        guard timeout > 0 else { throw reader.error("timeout", "expected at least 1s, got 0s") }
        if clientCertificate == nil, clientKey != nil {
            throw reader.error("clientCertificateFile", "the key is missing: clientKeyFile is nothing without it")
        }
        if clientKey == nil, clientCertificate != nil {
            throw reader.error("clientKeyFile", "the key is missing: clientCertificateFile is nothing without it")
        }
        // A URL in a file or in a variable that is not set is looked at when it is needed.
        if !url.isFile, let text = try? url.read().reveal(), !text.lowercased().hasPrefix("https://") {
            throw reader.error("url", "expected an https:// URL")
        }
    }
}

extension ConfigReader {
    /// The name of a variable of the environment. What looks like the key itself is not repeated.
    fileprivate func variable(_ key: String) throws(ConfigError) -> SignerConfiguration.EnvironmentKey? {
        know(key)
        guard let value = value[key] else { return nil }
        let isName: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard case .scalar(let name) = value.kind, let first = name.first, !first.isNumber, name.allSatisfy(isName),
            name.count < 64
        else { throw error(key, "expected the name of a variable, such as POKER_KEY") }
        return SignerConfiguration.EnvironmentKey(variable: name, origin: value.origin)
    }
}
