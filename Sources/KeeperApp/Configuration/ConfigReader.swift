import EthPrimitives
import Foundation

/// Reads a mapping key by key, and remembers each key that was asked for with its form, its meaning and its default: what is left over is
/// unknown, and `config show`, `config schema` and the list of all keys come from what was asked, so that they cannot say anything else.
///
/// A key is asked for with its name, its form, its default if it has one, and one line that says what it means:
/// ```swift
/// let rpc = try root.section("rpc", "nodes, and how far they are believed")
/// let age = try rpc.value("maxHeadAge", .seconds, default: 60, "an older head is not acted on")   // UInt64
/// let from = try rpc.value("from", .address, "sender that simulations name")                      // Address?
/// let name = try root.required("name", .text, "label on every metric, log line and alert")        // String
/// ```
/// Which keys are asked for must not depend on values, but for `optionalSection`, `sections` and `sections(by:)`: a survey, which has no
/// values, sees all that those may hold.
public final class ConfigReader {
    /// What was asked for, in order.
    enum Field {
        case key(ConfigKey)
        case section(name: String, meaning: String, isOptional: Bool, ConfigReader)
        /// A section whose keys anybody may name; their values are secrets.
        case names(name: String, meaning: String, ConfigReader)
        /// A list of sections. With `word`, each is of the kind that the key of that name says.
        case list(name: String, meaning: String, word: String?, [ConfigReader], given: ConfigValue?)

        var names: [String] {
            switch self {
            case .key(let key): key.names
            case .section(let name, _, _, _), .names(let name, _, _), .list(let name, _, _, _, _): [name]
            }
        }
    }

    let value: ConfigValue
    let path: String
    /// Whether there are no values, and only what is asked for matters.
    let isSurvey: Bool
    private(set) var fields: [Field] = []
    private(set) var rules: [ConfigRule] = []

    public convenience init(_ value: ConfigValue, path: String = "") throws(ConfigError) {
        try self.init(value, path: path, isSurvey: false)
    }

    init(_ value: ConfigValue, path: String, isSurvey: Bool) throws(ConfigError) {
        guard value.entries != nil else { throw ConfigError(path, origin: value.origin, "expected keys and values") }
        self.value = value
        self.path = path
        self.isSurvey = isSurvey
    }

    func full(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    public func error(_ key: String, _ message: String) -> ConfigError {
        ConfigError(full(key), origin: value[key]?.origin ?? value[key + "File"]?.origin ?? value.origin, message)
    }

    /// Remembers a field; one that is asked for again stays as it was.
    func note(_ field: Field) {
        let names = field.names
        if !fields.contains(where: { $0.names == names }) { fields.append(field) }
    }

    /// A rule that the caller sees to.
    func note(_ rule: ConfigRule) { if !rules.contains(rule) { rules.append(rule) } }

    /// Whether a key, or the file of its value, is there.
    func has(_ key: String) -> Bool { value[key] != nil || value[key + "File"] != nil }

    /// The value of a key that says something.
    func present(_ name: String) -> ConfigValue? {
        guard let value = value[name] else { return nil }
        if case .null = value.kind { return nil }
        return value
    }

    // MARK: Values

    /// A value; `nil` if the key is absent.
    public func value<T>(_ name: String, _ form: ConfigForm<T>, _ meaning: String) throws(ConfigError) -> T? {
        try read(ConfigKey(name, .value(form.type), meaning), form)
    }

    /// A value with a default.
    public func value<T>(_ name: String, _ form: ConfigForm<T>, default fallback: T, _ meaning: String) throws(ConfigError) -> T {
        var key = ConfigKey(name, .value(form.type), meaning)
        key.fallback = form.write(fallback)
        return try read(key, form) ?? fallback
    }

    /// A value with a default that only this configuration has, if it has one.
    /// - Parameter source: where that comes from, for people.
    public func value<T>(
        _ name: String, _ form: ConfigForm<T>, default fallback: T?, from source: String, _ meaning: String
    ) throws(ConfigError) -> T? {
        var key = ConfigKey(name, .value(form.type), meaning)
        key.fallback = fallback.map(form.write)
        key.fallbackSource = source
        return try read(key, form) ?? fallback
    }

    /// A value that must be there.
    public func required<T>(_ name: String, _ form: ConfigForm<T>, _ meaning: String) throws(ConfigError) -> T {
        var key = ConfigKey(name, .value(form.type), meaning)
        key.isRequired = true
        guard let value = try read(key, form) else { throw missing(name) }
        return value
    }

    func missing(_ name: String) -> ConfigError {
        let known = known
        // A key of the file that nobody asked for and that looks much like this one.
        let stray = value.entries?.map(\.key).first { !known.contains($0) && Self.distance($0, name) <= 2 }
        return error(name, "the key is missing" + (stray.map { ": did you mean it by \($0)?" } ?? ""))
    }

    private func read<T>(_ key: ConfigKey, _ form: ConfigForm<T>) throws(ConfigError) -> T? {
        var key = key
        defer { note(.key(key)) }
        guard !isSurvey else { return key.isRequired ? try parse(key.name, form, form.example) : nil }
        guard let given = try lookup(&key) else { return nil }
        guard let text = try given.text() else { throw error(key.name, "expected a single value") }
        key.text = text
        return try parse(key.name, form, text, isShown: !key.isInFile)
    }

    /// The value of a key, or of the file that `<key>File` names.
    private func lookup(_ key: inout ConfigKey) throws(ConfigError) -> ConfigValue? {
        let (name, inFile) = (key.name, key.name + "File")
        if let direct = value[name] {
            if value[inFile] != nil { throw error(name, "both \(name) and \(inFile) are set") }
            if case .null = direct.kind { return nil }
            key.given = direct
            return direct
        }
        guard let file = value[inFile] else { return nil }
        guard let path = try file.text() else { throw error(inFile, "expected a file name") }
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
            throw error(inFile, "cannot read the file that it names")
        }
        key.given = file
        key.isInFile = true
        return .scalar(text.trimmingCharacters(in: .whitespacesAndNewlines), origin: file.origin)
    }

    /// - Parameter isShown: whether errors may show the text; what is in a file may be a secret in the wrong place.
    /// - Throws: `ConfigError` that names what was expected, and the text, unless that looks like a key in the wrong place.
    func parse<T>(_ name: String, _ form: ConfigForm<T>, _ text: String, isShown: Bool = true) throws(ConfigError) -> T {
        let looksSecret = !isShown || SecretLook.isSecret(text)
        let got = looksSecret ? "" : ", got \"\(text)\""
        do {
            guard let value = try form.parse(text) else { throw error(name, "expected \(form.expected)\(got)") }
            return value
        } catch let problem as ConfigError {
            throw problem
        } catch {
            throw self.error(name, looksSecret ? "expected \(form.expected)" : "\(error)\(got)")
        }
    }

    // MARK: Sections

    /// A section; absent means empty.
    public func section(_ name: String, _ meaning: String) throws(ConfigError) -> ConfigReader {
        let reader = try child(name)
        note(.section(name: name, meaning: meaning, isOptional: false, reader))
        return reader
    }

    /// A section that makes a difference by being there; `nil` if it is absent. Its required keys are required only then.
    public func optionalSection(_ name: String, _ meaning: String) throws(ConfigError) -> ConfigReader? {
        let reader = try child(name)
        note(.section(name: name, meaning: meaning, isOptional: true, reader))
        return isSurvey || has(name) ? reader : nil
    }

    func child(_ name: String) throws(ConfigError) -> ConfigReader {
        var child = value[name] ?? ConfigValue(kind: .mapping([]), origin: value.origin)
        if case .null = child.kind { child.kind = .mapping([]) }
        return try ConfigReader(child, path: full(name), isSurvey: isSurvey)
    }

    /// A list of sections; empty if the key is absent.
    public func sections(_ name: String, _ meaning: String) throws(ConfigError) -> [ConfigReader] {
        var readers: [ConfigReader] = []
        if isSurvey {
            readers = [try ConfigReader(value, path: full(name) + "[]", isSurvey: true)]
        } else {
            for element in try elements(name) {
                readers.append(try ConfigReader(element.value, path: element.path, isSurvey: false))
            }
        }
        note(.list(name: name, meaning: meaning, word: nil, readers, given: present(name)))
        return readers
    }

    /// A list of sections whose keys depend on a word that each of them has to say. Empty if the key is absent.
    /// - Parameters:
    ///   - word: the key that says of which kind a section is.
    ///   - wordMeaning: what that key means.
    public func sections<T: RawRepresentable & CaseIterable>(
        _ name: String, by word: String, _ type: T.Type, _ wordMeaning: String, _ meaning: String
    ) throws(ConfigError) -> [(kind: T, reader: ConfigReader)] where T.RawValue == String {
        var found: [(kind: T, reader: ConfigReader)] = []
        if isSurvey {
            for kind in T.allCases {
                let reader = try ConfigReader(value, path: full(name) + "[\(kind.rawValue)]", isSurvey: true)
                let only = ConfigForm<T>(
                    kind.rawValue, .words([kind.rawValue]), example: kind.rawValue, write: \.rawValue, parse: T.init(rawValue:))
                found.append((try reader.required(word, only, wordMeaning), reader))
            }
        } else {
            for element in try elements(name) {
                let reader = try ConfigReader(element.value, path: element.path, isSurvey: false)
                found.append((try reader.required(word, ConfigForm<T>.word, wordMeaning), reader))
            }
        }
        note(.list(name: name, meaning: meaning, word: word, found.map(\.reader), given: present(name)))
        return found
    }

    /// The elements of a list with their paths; none if the key is absent.
    func elements(_ name: String) throws(ConfigError) -> [(path: String, value: ConfigValue)] {
        guard let value = present(name) else { return [] }
        guard case .sequence(let elements) = value.kind else { throw error(name, "expected a list") }
        return elements.enumerated().map { ("\(full(name))[\($0)]", $1) }
    }

    // MARK: Unknown keys

    var known: [String] { fields.flatMap(\.names) }

    /// Names the first key that nobody asked for.
    public func rejectUnknownKeys() throws(ConfigError) {
        let known = known
        for entry in value.entries ?? [] where !known.contains(entry.key) {
            // Of a pair of keys, the one that holds the value itself stands for both.
            let names = known.filter { !$0.hasSuffix("File") || !known.contains(String($0.dropLast(4))) }
            let near = names.min { Self.distance($0, entry.key) < Self.distance($1, entry.key) }
            let isNear = near.map { $0 == entry.key + "File" || Self.distance($0, entry.key) <= 3 } ?? false
            let hint = isNear ? near.map { ": did you mean \($0)?" } ?? "" : ""
            throw ConfigError(full(entry.key), origin: entry.value.origin, "unknown key\(hint)")
        }
        for field in fields {
            switch field {
            case .key: continue
            case .section(_, _, _, let reader), .names(_, _, let reader): try reader.rejectUnknownKeys()
            case .list(_, _, _, let readers, _): for reader in readers { try reader.rejectUnknownKeys() }
            }
        }
    }

    /// Levenshtein distance.
    private static func distance(_ a: String, _ b: String) -> Int {
        let (a, b) = (Array(a), Array(b))
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var previous = i
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let cost = min(row[j + 1] + 1, row[j] + 1, previous + (x == y ? 0 : 1))
                previous = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[b.count]
    }
}
