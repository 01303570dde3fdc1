/// Where a retired keeper's key still is.
struct KeyRemains {
    private let signer: SignerConfiguration?

    init(_ signer: SignerConfiguration?) { self.signer = signer }

    /// The files that hold it, or what leads to it.
    private var files: [ConfigFile] {
        switch signer {
        case .keystore(let file, let password): [file, password]
        case .privateKey(let reference):
            reference.isFile ? [ConfigFile(key: reference.key, origin: reference.origin, raw: reference.raw)] : []
        case .environment, .remote, nil: []
        }
    }

    var canBeDeleted: Bool { !files.isEmpty }

    /// What is to be done with it, for people.
    func text(isDeleted: Bool) -> [String] {
        if isDeleted, canBeDeleted { return files.map { "deleted  the file of \($0.key)" } }
        switch signer {
        case .keystore, .privateKey:
            return files.isEmpty
                ? ["key  stands in the configuration: take it out"]
                : [
                    "key  is still there: delete the files of \(files.map { $0.key }.joined(separator: " and ")), or use --delete-key"
                ]
        case .environment(let place): return ["key  stands in the environment, in \(place.variable): take it out"]
        case .remote: return ["key  is at the remote signer: take it out there"]
        case nil: return []
        }
    }

    /// Deletes the files.
    /// - Throws: `ConfigError` naming the first that cannot be deleted; the path is not repeated.
    func delete() throws(ConfigError) { for file in files { try file.delete() } }
}
