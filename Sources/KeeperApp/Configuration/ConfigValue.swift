import Foundation

/// A configuration value with the place that it comes from.
public struct ConfigValue: Sendable {
    public indirect enum Kind: Sendable {
        case scalar(String)
        case sequence([ConfigValue])
        case mapping([Entry])
        case null
    }

    public struct Entry: Sendable {
        public var key: String
        public var value: ConfigValue
    }

    public var kind: Kind
    /// File and line, flag, or environment variable.
    public var origin: String

    static func scalar(_ text: String, origin: String) -> Self { ConfigValue(kind: .scalar(text), origin: origin) }

    var entries: [Entry]? {
        if case .mapping(let entries) = kind { entries } else { nil }
    }

    /// The text of a scalar with its variables replaced; `nil` for anything else.
    public func text() throws(ConfigError) -> String? {
        guard case .scalar(let raw) = kind else { return nil }
        return try Self.expand(raw, origin)
    }

    subscript(key: String) -> ConfigValue? { entries?.first { $0.key == key }?.value }

    /// Members of `other` win; mappings merge, everything else is replaced.
    func merged(with other: ConfigValue) -> ConfigValue {
        guard let own = entries, let others = other.entries else { return other }
        var merged = own
        for entry in others {
            if let index = merged.firstIndex(where: { $0.key == entry.key }) {
                merged[index].value = merged[index].value.merged(with: entry.value)
            } else {
                merged.append(entry)
            }
        }
        return ConfigValue(kind: .mapping(merged), origin: other.origin)
    }

    /// Sets a value at a dotted path.
    mutating func set(_ path: [String], to value: ConfigValue) {
        var wrapped = value
        for key in path.reversed() {
            wrapped = ConfigValue(kind: .mapping([Entry(key: key, value: wrapped)]), origin: value.origin)
        }
        self = merged(with: wrapped)
    }
}

extension ConfigValue {
    /// Replaces `${VAR}` by the variable's value. Done when a value is used: nobody needs the variables of keys that are not.
    static func expand(_ text: String, _ origin: String) throws(ConfigError) -> String {
        var out = ""
        var rest = text[...]
        while let start = rest.range(of: "${") {
            guard let end = rest[start.upperBound...].range(of: "}") else {
                throw ConfigError("", origin: origin, "\"${\" without \"}\"")
            }
            let name = String(rest[start.upperBound..<end.lowerBound])
            guard let value = ProcessInfo.processInfo.environment[name] else {
                let shown = isVariable(name) ? name : "in it"
                throw ConfigError("", origin: origin, "the environment variable \(shown) is not set")
            }
            out += rest[..<start.lowerBound] + value
            rest = rest[end.upperBound...]
        }
        return out + rest
    }
    /// Whether a text is the name of a variable; something else between the braces may be a secret itself.
    static func isVariable(_ name: some StringProtocol) -> Bool {
        name.allSatisfy { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) } && name.count < 64
            && name.first?.isNumber == false
    }
}
