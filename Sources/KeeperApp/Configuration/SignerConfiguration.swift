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
        guard
            let reader = try root.optionalSection(
                "signer", "where the key is; run and doctor use it: exactly one of \(places.joined(separator: ", "))")
        else { return nil }
        let keystore = try reader.file("keystoreFile", "a key file of geth's format")
        let password = try reader.file("passwordFile", "its password")
        let privateKey = try reader.reference("privateKey", "64 hexadecimal digits; better in a file")
        let variable = try reader.variable("privateKeyEnv", "a variable that holds the key; warned about")
        let remote = try reader.optionalSection("remote", "a signer in another process, over HTTPS").map {
            reader throws(ConfigError) in try RemoteSignerConfiguration(reader)
        }
        reader.note(.exactlyOne(places.map { $0 == "privateKeyFile" ? [$0, "privateKey"] : [$0] }))
        // A misspelt key is told before what follows from it.
        try reader.rejectUnknownKeys()
        if keystore == nil, password != nil, remote == nil, privateKey == nil, variable == nil {
            throw reader.error("keystoreFile", "the key is missing, and passwordFile is there")
        }
        try reader.require("passwordFile", with: "keystoreFile", "it belongs to keystoreFile, which is not there")
        var found: [(name: String, signer: Self)] = []
        if let keystore {
            guard let password else { throw reader.error("passwordFile", "the key is missing: the key file needs it") }
            found.append(("keystoreFile", .keystore(keystore, password: password)))
        }
        reader.note(.needs("keystoreFile", "passwordFile"))
        if let privateKey { found.append((privateKey.isFile ? "privateKeyFile" : "privateKey", .privateKey(privateKey))) }
        if let variable {
            found.append(("privateKeyEnv", .environment(EnvironmentKey(variable: variable.name, origin: variable.origin))))
        }
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
        url = try reader.requiredReference("url", "https")
        address = try reader.required("address", .address, "whose signatures are accepted, and no others")
        dialect = try reader.value("dialect", .word, default: .web3signer, "how it is asked")
        clientCertificate = try reader.file("clientCertificateFile", "who we are (PEM)")
        clientKey = try reader.file("clientKeyFile", "the certificate's key (PEM)")
        authority = try reader.file("caFile", "the only authorities to believe (PEM); the system's otherwise")
        timeout = try reader.value("timeout", .someSeconds, default: 10, "of one signature")
        bearerToken = try reader.reference("bearerToken", "token of an Authorization header")
        headers = try reader.headers("sent with each request")
        try reader.requireBoth("clientCertificateFile", "clientKeyFile")
        // A URL in a file or in a variable that is not set is looked at when it is needed.
        if !url.isFile, let text = try? url.read().reveal(), !text.lowercased().hasPrefix("https://") {
            throw reader.error("url", "expected an https:// URL")
        }
    }
}
