@testable import KeeperApp

/// The keys of a configuration as tables in Markdown, one a section.
enum ConfigTable {
    static func text(_ root: ConfigReader) -> String { sections(root, path: "").joined(separator: "\n") + "\n" }

    private static func sections(_ reader: ConfigReader, path: String) -> [String] {
        var rows: [String] = []
        var others: [String] = []
        for field in reader.fields {
            switch field {
            case .key(let key): rows.append("| \(names(key)) | \(form(key)) | \(fallback(key)) | \(cell(key.meaning)) |")
            case .names(let name, let meaning, _):
                rows.append("| `\(name)` | names with their values; `NAMEFile` names a file | | \(cell(meaning)) |")
            case .section(let name, let meaning, _, let child): others += section(child, path + name, meaning)
            case .list(let name, let meaning, nil, let readers, _):
                others += readers.flatMap { section($0, "\(path)\(name)[]", meaning) }
            case .list(let name, let meaning, let word?, let readers, _):
                for reader in readers {
                    let kind = reader.path.split(separator: "[").last.map { $0.dropLast() } ?? ""
                    others += section(reader, "\(path)\(name)[]` with `\(word): \(kind)", meaning)
                }
            }
        }
        let head = ["| key | value | default | |", "|---|---|---|---|"]
        return (rows.isEmpty ? [] : head + rows + [""]) + others
    }

    private static func section(_ reader: ConfigReader, _ path: String, _ meaning: String) -> [String] {
        ["### `\(path)`", "", meaning.prefix(1).uppercased() + meaning.dropFirst() + (meaning.hasSuffix(".") ? "" : "."), ""]
            + sections(reader, path: path + ".")
    }

    private static func names(_ key: ConfigKey) -> String {
        if case .secret = key.kind { return "`\(key.name)`, `\(key.name)File`" }
        return "`\(key.name)`"
    }

    private static func fallback(_ key: ConfigKey) -> String {
        if key.isRequired { return "*required*" }
        if let fallback = key.fallback, key.fallbackSource == nil { return "`\(fallback)`" }
        // A survey is of no chain in particular.
        return key.fallbackSource.map { $0.hasPrefix("known for") ? "what is known of the chain" : $0 } ?? ""
    }

    private static func form(_ key: ConfigKey) -> String {
        switch key.kind {
        case .secret: "secret"
        case .file: "file, read when it is needed"
        case .variable: "name of a variable"
        case .include: "list of files"
        case .value(let type): form(type)
        }
    }

    private static func form(_ type: ConfigType) -> String {
        switch type {
        case .text(let pattern?):
            if pattern.contains("[smhd]") {
                "duration"
            } else if pattern.contains("gwei") {
                "amount"
            } else if pattern.hasSuffix("%$") {
                "percent"
            } else if pattern.hasPrefix("^0x") {
                "address"
            } else {
                "text"
            }
        case .text(nil): "text"
        case .link: "URL"
        case .number(let range):
            switch range.upperBound {
            case range.lowerBound: "`\(range.lowerBound)`"
            case 1 << 53 - 1, UInt64(UInt32.max): "number"
            default: "\(range.lowerBound) to \(range.upperBound)"
            }
        case .bool: "`true`, `false`"
        case .words(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .list(let element): "list: \(form(element))"
        case .pairs(let name, let value): "list: \(form(name)), or \(form(name)) with \(form(value))"
        }
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
