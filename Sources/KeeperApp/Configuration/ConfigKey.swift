/// A key that a reader asked for, and what came of it.
struct ConfigKey: Sendable {
    enum Kind: Sendable {
        /// The value itself, or, by `<name>File`, a file that holds it.
        case value(ConfigType)
        /// As above, of a value that nothing shows.
        case secret
        /// A file, read when it is needed.
        case file
        /// The name of a variable that holds a secret.
        case variable
        /// Files that were read before anything was asked for.
        case include
    }

    /// The last part of its path.
    var name: String
    var kind: Kind
    /// One line for people.
    var meaning: String
    var isRequired = false
    /// What counts where the key is absent, as one writes it.
    var fallback: String?
    /// Where the fallback comes from, if not from the program; such a fallback holds for this configuration only.
    var fallbackSource: String?
    /// What the configuration says; `nil` where the key is absent.
    var given: ConfigValue?
    /// Whether the configuration names a file that holds the value.
    var isInFile = false
    /// The text of a value that is no secret, variables replaced.
    var text: String?

    init(_ name: String, _ kind: Kind, _ meaning: String) {
        self.name = name
        self.kind = kind
        self.meaning = meaning
    }

    /// The keys that a configuration may have for it.
    var names: [String] {
        switch kind {
        case .value(.list), .value(.pairs), .file, .variable, .include: [name]
        case .value, .secret: [name, name + "File"]
        }
    }
}
