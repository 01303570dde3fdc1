import EthCodec

@testable import KeeperApp

/// Dotted paths of what was asked for: `rpc.endpoints[].url`; with the kind where keys depend on it: `alerts.sinks[slack].url`.
enum ConfigPaths {
    static func keys(_ reader: ConfigReader, _ prefix: String = "") -> [(path: String, key: ConfigKey)] {
        reader.fields.flatMap { field -> [(path: String, key: ConfigKey)] in
            switch field {
            case .key(let key): [(prefix + key.name, key)]
            case .section(let name, _, _, let child): keys(child, "\(prefix)\(name).")
            case .names: []
            case .list(let name, _, let word, let readers, _):
                readers.flatMap { reader in keys(reader, "\(prefix)\(name)[\(kind(word, of: reader))].") }
            }
        }
    }

    private static func kind(_ word: String?, of reader: ConfigReader) -> String {
        guard let word else { return "" }
        if reader.isSurvey { return reader.path.split(separator: "[").last.map { String($0.dropLast()) } ?? "" }
        guard case .scalar(let kind)? = reader.value[word]?.kind else { return "" }
        return kind
    }

    /// Sections and lists among them.
    static func all(_ reader: ConfigReader, _ prefix: String = "") -> [String] {
        reader.fields.flatMap { field -> [String] in
            switch field {
            case .key(let key):
                if case .secret = key.kind { [prefix + key.name, prefix + key.name + "File"] } else { [prefix + key.name] }
            case .section(let name, _, _, let child): [prefix + name] + all(child, "\(prefix)\(name).")
            case .names(let name, _, _): [prefix + name]
            case .list(let name, _, _, let readers, _): [prefix + name] + readers.flatMap { all($0, "\(prefix)\(name)[].") }
            }
        }
    }

    /// The same of a schema.
    static func all(in schema: JSON, _ prefix: String = "") -> [String] {
        (schema["properties"]?.members ?? []).flatMap { member -> [String] in
            let items = member.value["items"]
            let kinds = items?["oneOf"]?.array ?? items.map { [$0] } ?? []
            return [prefix + member.name] + all(in: member.value, "\(prefix)\(member.name).")
                + kinds.flatMap { all(in: $0, "\(prefix)\(member.name)[].") }
        }
    }
}
