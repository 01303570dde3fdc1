import Foundation
import Yams

/// Reads configuration files, YAML (JSON is YAML), each with what it includes below it.
struct ConfigFiles {
    /// A file that was read.
    struct File: Sendable, Hashable {
        var path: String
        /// The file that includes it; `nil` for one that the command line names.
        var includer: String?
    }

    /// In the order in which they begin; one that is included twice stands there twice.
    private(set) var files: [File] = []

    /// Keys and values that a file may have. Aliases of aliases make a few lines into more than any memory holds.
    private static let maximumNodes = 100_000
    /// How deep includes may be nested.
    private static let maximumDepth = 8
    /// How many files there may be: some that include some others twice each are soon a thousand.
    private static let maximumFiles = 100

    mutating func load(_ path: String) throws(ConfigError) -> ConfigValue { try load(path, [], origin: nil) }

    /// - Parameters:
    ///   - includers: the files that lead here, the outermost first.
    ///   - origin: where the last of them says so.
    private mutating func load(_ path: String, _ includers: [String], origin: String?) throws(ConfigError) -> ConfigValue {
        let chain = includers + [path]
        if let first = includers.firstIndex(where: { Self.isSame($0, path) }) {
            throw ConfigError(
                "include", origin: origin, "files include each other: " + chain[first...].joined(separator: " includes "))
        }
        guard chain.count <= Self.maximumDepth else {
            throw ConfigError("include", origin: origin, "includes are nested deeper than \(Self.maximumDepth)")
        }
        guard files.count < Self.maximumFiles else {
            throw ConfigError("include", origin: origin, "expected at most \(Self.maximumFiles) files")
        }
        files.append(File(path: path, includer: includers.last))
        var value = try Self.read(path, includedAt: origin)
        guard let entries = value.entries else { throw ConfigError("", origin: path, "expected keys and values") }
        guard let include = value["include"] else { return value }
        value.kind = .mapping(entries.filter { $0.key != "include" })
        if case .null = include.kind { return value }
        guard case .sequence(let names) = include.kind else {
            throw ConfigError("include", origin: include.origin, "expected a list of files")
        }
        var base = ConfigValue(kind: .mapping([]), origin: path)
        for element in names {
            guard let name = try element.text(), !name.isEmpty else {
                throw ConfigError("include", origin: element.origin, "expected a file name")
            }
            let folder = (path as NSString).deletingLastPathComponent
            let full = name.hasPrefix("/") ? name : (folder as NSString).appendingPathComponent(name)
            base = base.merged(with: try load(full, chain, origin: element.origin))
        }
        return base.merged(with: value)
    }

    /// Whether two paths lead to the same file, through whatever links.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        URL(filePath: one).resolvingSymlinksInPath().path == URL(filePath: other).resolvingSymlinksInPath().path
    }

    private static func read(_ path: String, includedAt origin: String?) throws(ConfigError) -> ConfigValue {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
            throw ConfigError(origin == nil ? "" : "include", origin: origin, "cannot read the configuration file \(path)")
        }
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch {
            throw ConfigError("", origin: path, "not YAML: \(yamlProblem(error))")
        }
        guard let node else { throw ConfigError("", origin: path, "the file is empty") }
        var left = maximumNodes
        return try convert(node, file: path, &left)
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
            var entries: [ConfigValue.Entry] = []
            for (key, value) in mapping {
                guard let name = key.string else { throw ConfigError("", origin: origin, "expected a key that is text") }
                entries.append(ConfigValue.Entry(key: name, value: try convert(value, file: file, &left)))
            }
            return ConfigValue(kind: .mapping(entries), origin: origin)
        case .alias: throw ConfigError("", origin: origin, "aliases are not supported")
        }
    }
}
