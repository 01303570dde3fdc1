import EthPrimitives

/// Where a key, or what leads to it, lies more open than it need.
struct SignerExposure: Sendable, Hashable {
    var text: String
    var advice: String

    private static func openly(in place: String) -> SignerExposure {
        SignerExposure(
            text: "the private key stands in \(place)", advice: "signer.keystoreFile or signer.privateKeyFile keeps it out")
    }

    /// What is exposed; looks at files' permissions and at nothing in them.
    static func all(_ signer: SignerConfiguration) -> [SignerExposure] {
        switch signer {
        case .privateKey(let reference) where !reference.isFile: [openly(in: "the configuration or the environment")]
        case .environment: [openly(in: "the environment")]
        case .privateKey(let reference): files([(reference.key, reference.path.map(ConfigFile.admitsOthers) ?? false)])
        case .keystore(let file, let password): files([(file.key, file.isExposed), (password.key, password.isExposed)])
        case .remote(let remote): files(Self.files(of: remote))
        }
    }

    private static func files(of remote: RemoteSignerConfiguration) -> [(key: String, isExposed: Bool)] {
        var files: [(key: String, isExposed: Bool)] = []
        if let key = remote.clientKey { files.append((key.key, key.isExposed)) }
        var references = [remote.url] + remote.headers.map(\.value)
        if let bearer = remote.bearerToken { references.insert(bearer, at: 1) }
        for reference in references where reference.isFile {
            files.append((reference.key, reference.path.map(ConfigFile.admitsOthers) ?? false))
        }
        return files
    }

    private static func files(_ files: [(key: String, isExposed: Bool)]) -> [SignerExposure] {
        files.filter(\.isExposed).map { key, _ in
            SignerExposure(text: "others than its owner can read the file of \(key)", advice: "chmod 600 it")
        }
    }
}
