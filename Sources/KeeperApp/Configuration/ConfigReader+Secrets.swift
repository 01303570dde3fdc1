import EthPrimitives

extension ConfigReader {
    /// A secret, or the file that `<name>File` names: its place, not its value, which is read by whoever needs it. `nil` if the key is absent.
    public func reference(_ name: String, _ meaning: String) throws(ConfigError) -> ConfigReference? {
        try reference(ConfigKey(name, .secret, meaning))
    }

    /// A secret that must be there.
    public func requiredReference(_ name: String, _ meaning: String) throws(ConfigError) -> ConfigReference {
        var key = ConfigKey(name, .secret, meaning)
        key.isRequired = true
        guard let reference = try reference(key) else { throw missing(name) }
        return reference
    }

    private func reference(_ key: ConfigKey) throws(ConfigError) -> ConfigReference? {
        var key = key
        defer { note(.key(key)) }
        let (name, inFile) = (key.name, key.name + "File")
        guard !isSurvey else {
            return key.isRequired ? ConfigReference(key: full(name), origin: "", raw: SecretText(""), isFile: true) : nil
        }
        guard value[name] == nil || value[inFile] == nil else { throw error(name, "both \(name) and \(inFile) are set") }
        guard let given = value[name] ?? value[inFile] else { return nil }
        key.given = given
        key.isInFile = value[name] == nil
        let written = key.isInFile ? inFile : name
        guard case .scalar(let raw) = given.kind else { throw error(written, "expected a single value") }
        return ConfigReference(key: full(written), origin: given.origin, raw: SecretText(raw), isFile: key.isInFile)
    }

    /// A file that a key names, read when it is needed; `nil` if the key is absent.
    func file(_ name: String, _ meaning: String) throws(ConfigError) -> ConfigFile? {
        var key = ConfigKey(name, .file, meaning)
        key.given = value[name]
        note(.key(key))
        guard let given = value[name] else { return nil }
        guard case .scalar(let raw) = given.kind, !raw.isEmpty else { throw error(name, "expected a file name") }
        return ConfigFile(key: full(name), origin: given.origin, raw: SecretText(raw))
    }

    /// The name of a variable of the environment that holds a secret, with where it stands. What looks like the secret itself is not repeated.
    func variable(_ name: String, _ meaning: String) throws(ConfigError) -> (name: String, origin: String)? {
        var key = ConfigKey(name, .variable, meaning)
        key.given = value[name]
        note(.key(key))
        guard let given = value[name] else { return nil }
        let isName: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard case .scalar(let variable) = given.kind, let first = variable.first, !first.isNumber,
            variable.allSatisfy(isName), variable.count < 64
        else { throw error(name, "expected the name of a variable, such as POKER_KEY") }
        return (variable, given.origin)
    }

    /// The section `headers`: names with their values, which may be secret.
    public func headers(_ meaning: String) throws(ConfigError) -> [(name: String, value: ConfigReference)] {
        let section = try child("headers")
        note(.names(name: "headers", meaning: meaning, section))
        var headers: [(name: String, value: ConfigReference)] = []
        // As written; those that name files without their ending.
        let names = (section.value.entries ?? []).map { $0.key.hasSuffix("File") ? String($0.key.dropLast(4)) : $0.key }
        for name in names { if let value = try section.reference(name, meaning) { headers.append((name, value)) } }
        return headers
    }
}

extension ConfigReader {
    /// Refuses a key that is there without the one that it belongs to.
    func require(_ key: String, with other: String, _ message: String) throws(ConfigError) {
        note(.needs(key, other))
        if !isSurvey, has(key), !has(other) { throw error(key, message) }
    }

    /// Refuses two keys of which one is there without the other.
    func requireBoth(_ one: String, _ other: String) throws(ConfigError) {
        for (key, missing) in [(one, other), (other, one)] {
            note(.needs(key, missing))
            if !isSurvey, has(key), !has(missing) {
                throw error(missing, "the key is missing: \(key) is nothing without it")
            }
        }
    }
}
