public import EthPrimitives
import Foundation

/// Reads a mapping key by key and remembers which were asked for, so that the others can be named as unknown.
public final class ConfigReader {
    let value: ConfigValue
    let path: String
    private var known: [String] = []
    private var children: [ConfigReader] = []

    public init(_ value: ConfigValue, path: String = "") throws(ConfigError) {
        guard value.entries != nil else { throw ConfigError(path, origin: value.origin, "expected keys and values") }
        self.value = value
        self.path = path
    }

    func full(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    func error(_ key: String, _ message: String) -> ConfigError {
        ConfigError(full(key), origin: value[key]?.origin ?? value.origin, message)
    }

    /// Counts a key as known that is looked up in another way.
    func know(_ key: String) { known.append(key) }

    /// The value of a key, or of the file that `<key>File` names.
    private func lookup(_ key: String) throws(ConfigError) -> ConfigValue? {
        known += [key, key + "File"]
        let direct = value[key]
        guard let file = value[key + "File"] else {
            if let direct, case .null = direct.kind { return nil }
            return direct
        }
        guard direct == nil else { throw error(key, "both \(key) and \(key)File are set") }
        guard let name = try file.text() else { throw error(key + "File", "expected a file name") }
        guard let data = FileManager.default.contents(atPath: name), let text = String(data: data, encoding: .utf8) else {
            throw error(key + "File", "cannot read the file that it names")
        }
        return .scalar(text.trimmingCharacters(in: .whitespacesAndNewlines), origin: file.origin)
    }

    /// A text; `nil` if the key is absent.
    public func text(_ key: String) throws(ConfigError) -> String? {
        guard let value = try lookup(key) else { return nil }
        guard let text = try value.text() else { throw error(key, "expected a single value") }
        return text
    }

    /// A text that is read when it is needed: its place, not its value.
    public func reference(_ key: String) throws(ConfigError) -> ConfigReference? {
        known += [key, key + "File"]
        guard value[key] == nil || value[key + "File"] == nil else { throw error(key, "both \(key) and \(key)File are set") }
        for (name, isFile) in [(key, false), (key + "File", true)] {
            guard let value = value[name] else { continue }
            guard case .scalar(let raw) = value.kind else { throw error(name, "expected a single value") }
            return ConfigReference(key: full(name), origin: value.origin, raw: SecretText(raw), isFile: isFile)
        }
        return nil
    }

    /// A value of any kind that a text can be turned into; the error names what was expected, and the text unless it is secret.
    public func parsed<T>(_ key: String, secret: Bool = false, _ expected: String, _ parse: (String) throws -> T?)
        throws(ConfigError) -> T?
    {
        guard let text = try text(key) else { return nil }
        // What looks like a key in the wrong place is not repeated.
        let looksSecret = secret || text.count { $0.isHexDigit } >= 64
        let got = looksSecret ? "" : ", got \"\(text)\""
        do {
            guard let value = try parse(text) else { throw error(key, "expected \(expected)\(got)") }
            return value
        } catch let problem as ConfigError {
            throw problem
        } catch {
            throw self.error(key, looksSecret ? "expected \(expected)" : "\(error)\(got)")
        }
    }

    public func required<T>(_ key: String, _ value: T?) throws(ConfigError) -> T {
        guard let value else {
            let stray = strayKey(near: key).map { ": did you mean it by \($0)?" } ?? ""
            throw error(key, "the key is missing\(stray)")
        }
        return value
    }

    /// A key of the file that nobody asked for and that looks much like this one.
    private func strayKey(near key: String) -> String? {
        value.entries?.map(\.key).first { !known.contains($0) && Self.distance($0, key) <= 2 }
    }

    public func address(_ key: String) throws(ConfigError) -> Address? {
        try parsed(key, "an address") { try Address(hex: $0) }
    }

    public func wei(_ key: String) throws(ConfigError) -> Wei? { try parsed(key, "an amount") { try Wei(parsing: $0) } }

    /// A whole number.
    public func integer(_ key: String) throws(ConfigError) -> UInt64? {
        try parsed(key, "a whole number below 2^53") { UInt64($0).flatMap { $0 < 1 << 53 ? $0 : nil } }
    }

    public func bool(_ key: String) throws(ConfigError) -> Bool? {
        try parsed(key, "true or false") { ["true": true, "false": false][$0] }
    }

    /// Seconds of a duration such as `10s`, `5m`, `2h` or `7d`.
    public func seconds(_ key: String) throws(ConfigError) -> UInt64? {
        try parsed(key, "a duration of at most 366d with a unit, such as 10s, 5m, 2h or 7d") { Duration.seconds(parsing: $0) }
    }

    /// Whole percent, such as `8%`.
    public func percent(_ key: String) throws(ConfigError) -> UInt64? {
        try parsed(key, "whole percent, such as 8%") { $0.hasSuffix("%") ? UInt64($0.dropLast()) : nil }
    }

    /// One of a closed list of words.
    public func word<T: RawRepresentable & CaseIterable>(_ key: String, _ type: T.Type) throws(ConfigError) -> T?
    where T.RawValue == String {
        try parsed(key, "one of " + T.allCases.map(\.rawValue).joined(separator: ", ")) { T(rawValue: $0) }
    }

    /// A section; absent means empty.
    public func section(_ key: String) throws(ConfigError) -> ConfigReader {
        known.append(key)
        var child = value[key] ?? ConfigValue(kind: .mapping([]), origin: value.origin)
        if case .null = child.kind { child.kind = .mapping([]) }
        let reader = try ConfigReader(child, path: full(key))
        children.append(reader)
        return reader
    }

    /// The elements of a list; `nil` if the key is absent.
    public func list(_ key: String) throws(ConfigError) -> [(path: String, value: ConfigValue)]? {
        guard let value = try lookup(key) else { return nil }
        guard case .sequence(let elements) = value.kind else { throw error(key, "expected a list") }
        return elements.enumerated().map { ("\(full(key))[\($0)]", $1) }
    }

    /// Reads an element of a list as a section.
    public func section(of element: (path: String, value: ConfigValue)) throws(ConfigError) -> ConfigReader {
        let reader = try ConfigReader(element.value, path: element.path)
        children.append(reader)
        return reader
    }

    /// The keys as written, those that name files without their ending.
    var names: [String] { (value.entries ?? []).map { $0.key.hasSuffix("File") ? String($0.key.dropLast(4)) : $0.key } }

    /// Whether a key is there.
    public func has(_ key: String) -> Bool { value[key] != nil || value[key + "File"] != nil }

    /// Names the first key that nobody asked for.
    public func rejectUnknownKeys() throws(ConfigError) {
        for entry in value.entries ?? [] where !known.contains(entry.key) {
            // Of a pair of keys, the one that holds the value itself stands for both.
            let names = known.filter { !$0.hasSuffix("File") || !known.contains(String($0.dropLast(4))) }
            let near = names.min { Self.distance($0, entry.key) < Self.distance($1, entry.key) }
            let isNear = near.map { $0 == entry.key + "File" || Self.distance($0, entry.key) <= 3 } ?? false
            let hint = isNear ? near.map { ": did you mean \($0)?" } ?? "" : ""
            throw ConfigError(full(entry.key), origin: entry.value.origin, "unknown key\(hint)")
        }
        for child in children { try child.rejectUnknownKeys() }
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

extension Duration {
    /// Seconds of `10s`, `5m`, `2h`, `7d`, at most 366 days; `nil` for anything else.
    public static func seconds(parsing text: String) -> UInt64? {
        let units: [Character: UInt64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = UInt64(text.dropLast()) else { return nil }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow || seconds > 366 * 86_400 ? nil : seconds
    }
}
