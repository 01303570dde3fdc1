/// A configuration as it counts: every key that it may have, with its value or its default and where that comes from. Secrets, and the files
/// that hold them, are masked.
struct EffectiveConfiguration: Sendable {
    enum Node: Sendable {
        case key(Key)
        case section(String, [Node])
        case list(String, [[Node]])

        var name: String {
            switch self {
            case .key(let key): key.name
            case .section(let name, _), .list(let name, _): name
            }
        }
    }

    struct Key: Sendable {
        enum Content: Sendable {
            case text(String)
            /// Elements, each a text, or a text with another one.
            case elements([(name: String, value: String?)])
            case nothing
        }

        /// As a configuration writes it: with `File` at its end where a file holds a secret.
        var name: String
        var content: Content
        /// File and line, flag or variable; `default`, or what the default is known by; `not set`.
        var origin: String
    }

    let nodes: [Node]
    let files: [ConfigFiles.File]

    /// - Parameter root: a reader after everything has been read from it.
    init(_ root: ConfigReader, files: [ConfigFiles.File]) throws(ConfigError) {
        nodes = try Self.nodes(root)
        self.files = files
    }

    private static func nodes(_ reader: ConfigReader) throws(ConfigError) -> [Node] {
        var nodes: [Node] = []
        for field in reader.fields where !isPassedOver(field, in: reader) {
            switch field {
            case .key(let key): nodes.append(.key(try Self.key(key)))
            case .section(let name, _, isOptional: true, _) where !reader.has(name): nodes.append(.key(unset(name)))
            case .section(let name, _, _, let child): nodes.append(.section(name, try Self.nodes(child)))
            case .names(let name, _, let child): if !child.fields.isEmpty { nodes.append(.section(name, try Self.nodes(child))) }
            case .list(let name, _, _, let readers, nil): if readers.isEmpty { nodes.append(.key(unset(name))) }
            case .list(let name, _, _, let readers, _?):
                var elements: [[Node]] = []
                for reader in readers { elements.append(try Self.nodes(reader)) }
                nodes.append(.list(name, elements))
            }
        }
        return nodes
    }

    private static func unset(_ name: String) -> Key { Key(name: name, content: .nothing, origin: "not set") }

    /// Whether nobody misses a key: another one that is there excludes it, or it belongs to one that is not there.
    private static func isPassedOver(_ field: ConfigReader.Field, in reader: ConfigReader) -> Bool {
        if case .key(let key) = field, case .include = key.kind { return true }
        guard !field.names.contains(where: reader.has) else { return false }
        return reader.rules.contains { rule in
            switch rule {
            case .exactlyOne(let groups): field.names.contains { name in groups.contains { $0.contains(name) } }
            case .needs(let name, let other): field.names.contains(name) && !reader.has(other) && !isDefaulted(field)
            }
        }
    }

    private static func isDefaulted(_ field: ConfigReader.Field) -> Bool {
        if case .key(let key) = field { key.fallback != nil } else { false }
    }

    private static func key(_ key: ConfigKey) throws(ConfigError) -> Key {
        guard let given = key.given else {
            guard let fallback = key.fallback else { return unset(key.name) }
            return Key(name: key.name, content: .text(fallback), origin: key.fallbackSource ?? "default")
        }
        switch key.kind {
        case .secret:
            return Key(
                name: key.isInFile ? key.name + "File" : key.name,
                content: .text(key.isInFile ? ConfigMask.text : ConfigMask.secret(given)), origin: given.origin)
        case .file, .variable, .include: return Key(name: key.name, content: .text(ConfigMask.text), origin: given.origin)
        case .value(let type):
            if case .sequence(let elements) = given.kind {
                return Key(name: key.name, content: .elements(try texts(elements)), origin: given.origin)
            }
            // What is in a file may be a secret in the wrong place.
            if key.isInFile { return Key(name: key.name + "File", content: .text(ConfigMask.text), origin: given.origin) }
            let text = key.text ?? ""
            return Key(
                name: key.name, content: .text(type == .link ? text : ConfigMask.plain(text)), origin: origin(of: given, key))
        }
    }

    private static func texts(_ elements: [ConfigValue]) throws(ConfigError) -> [(name: String, value: String?)] {
        var texts: [(name: String, value: String?)] = []
        for element in elements {
            if let entry = element.entries?.first {
                texts.append((ConfigMask.plain(entry.key), ConfigMask.plain(try entry.value.text() ?? "")))
            } else {
                texts.append((ConfigMask.plain(try element.text() ?? ""), nil))
            }
        }
        return texts
    }

    /// Where a value stands, and where it is taken from if it does not stand there itself.
    private static func origin(of given: ConfigValue, _ key: ConfigKey) -> String {
        guard case .scalar(let raw) = given.kind else { return given.origin }
        let names = raw.components(between: "${", and: "}").filter { ConfigValue.isVariable($0) }.map(String.init)
        return ([given.origin] + names).joined(separator: ", ")
    }
}

extension String {
    /// What stands between two marks, wherever they are.
    fileprivate func components(between start: String, and end: String) -> [Substring] {
        split(separator: start, omittingEmptySubsequences: false).dropFirst().compactMap { piece in
            piece.firstRange(of: end).map { piece[..<$0.lowerBound] }
        }
    }
}
