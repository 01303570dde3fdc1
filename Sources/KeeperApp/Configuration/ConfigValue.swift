import Foundation
import Yams

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
    /// Reads a YAML file (JSON is YAML), its includes below it.
    static func load(path: String, depth: Int = 0) throws(ConfigError) -> ConfigValue {
        guard depth < 8 else { throw ConfigError("include", origin: path, "includes are nested deeper than 8") }
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
            throw ConfigError("", "cannot read the configuration file \(path)")
        }
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch {
            throw ConfigError("", origin: path, "not YAML: \(yamlProblem(error))")
        }
        guard let node else { throw ConfigError("", origin: path, "the file is empty") }
        var left = maximumNodes
        var value = try convert(node, file: path, &left)
        guard let entries = value.entries else { throw ConfigError("", origin: path, "expected keys and values") }
        guard let include = value["include"] else { return value }
        guard case .sequence(let files) = include.kind else {
            throw ConfigError("include", origin: include.origin, "expected a list of files")
        }
        value.kind = .mapping(entries.filter { $0.key != "include" })
        var base = ConfigValue(kind: .mapping([]), origin: path)
        for file in files {
            guard let name = try file.text() else { throw ConfigError("include", origin: file.origin, "expected a file name") }
            let folder = (path as NSString).deletingLastPathComponent
            let full = name.hasPrefix("/") ? name : (folder as NSString).appendingPathComponent(name)
            base = base.merged(with: try load(path: full, depth: depth + 1))
        }
        return base.merged(with: value)
    }

    private static func yamlProblem(_ error: any Error) -> String {
        guard let error = error as? YamlError else { return "it does not parse" }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _): return "line \(mark.line): \(problem)"
        case .composer(_, let problem, let mark, _): return "line \(mark.line): \(problem)"
        case .duplicatedKeysInMapping(let duplicates, _):
            return "keys occur twice: \(duplicates.count)"
        default: return "it does not parse"
        }
    }

    /// Keys and values that a file may have. Aliases of aliases make a few lines into more than any memory holds.
    private static let maximumNodes = 100_000

    private static func convert(_ node: Node, file: String, _ left: inout Int) throws(ConfigError) -> ConfigValue {
        let origin = node.mark.map { "\(file):\($0.line)" } ?? file
        left -= 1
        guard left >= 0 else { throw ConfigError("", origin: origin, "expected at most \(maximumNodes) keys and values") }
        guard node.anchor == nil else { throw ConfigError("", origin: origin, "anchors are not supported") }
        switch node {
        case .scalar(let scalar):
            let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
            return ConfigValue(kind: isNull ? .null : .scalar(scalar.string), origin: origin)
        case .sequence(let sequence):
            var values: [ConfigValue] = []
            for element in sequence { values.append(try convert(element, file: file, &left)) }
            return ConfigValue(kind: .sequence(values), origin: origin)
        case .mapping(let mapping):
            var entries: [Entry] = []
            for (key, value) in mapping {
                guard let name = key.string else { throw ConfigError("", origin: origin, "expected a key that is text") }
                entries.append(Entry(key: name, value: try convert(value, file: file, &left)))
            }
            return ConfigValue(kind: .mapping(entries), origin: origin)
        case .alias: throw ConfigError("", origin: origin, "aliases are not supported")
        }
    }

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
                // Something else than a name between the braces may be a secret itself.
                let isName = name.allSatisfy { $0 == "_" || ($0.isASCII && ($0.isLetter || $0.isNumber)) } && name.count < 64
                let shown = isName && name.first?.isNumber == false ? name : "in it"
                throw ConfigError("", origin: origin, "the environment variable \(shown) is not set")
            }
            out += rest[..<start.lowerBound] + value
            rest = rest[end.upperBound...]
        }
        return out + rest
    }
}
