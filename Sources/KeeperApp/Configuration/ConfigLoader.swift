import EthPrimitives
import Foundation

/// Puts flags, environment and files together: flag > environment > later file > earlier file, and each file before what it includes.
struct ConfigLoader {
    /// A later one wins over those before it.
    var paths: [String]
    /// Values of flags, by dotted key.
    var flags: [(key: [String], value: String, flag: String)] = []
    /// Whether variables that name nodes count; a backtest never goes online.
    var readsNodeVariables = true

    private static let variables: [(name: String, key: [String], isNode: Bool)] = [
        ("ETH_RPC_TIMEOUT", ["rpc", "timeout"], true),
        ("ETH_FROM", ["transactions", "from"], false),
        ("LOG_FORMAT", ["log", "format"], false),
        ("LOG_LEVEL", ["log", "level"], false),
    ]

    init(paths: [String], readsNodeVariables: Bool = true) {
        self.paths = paths
        self.readsNodeVariables = readsNodeVariables
    }

    init(path: String, readsNodeVariables: Bool = true) { self.init(paths: [path], readsNodeVariables: readsNodeVariables) }

    func load() throws(ConfigError) -> ConfigValue { try loaded().value }

    /// The configuration, and the files that it was read from.
    func loaded() throws(ConfigError) -> (value: ConfigValue, files: [ConfigFiles.File]) {
        var files = ConfigFiles()
        var value = ConfigValue(kind: .mapping([]), origin: paths.first ?? "")
        for path in paths { value = value.merged(with: try files.load(path)) }
        let environment = ProcessInfo.processInfo.environment
        for variable in Self.variables where !variable.isNode || readsNodeVariables {
            guard let text = environment[variable.name], !text.isEmpty else { continue }
            // ETH_RPC_TIMEOUT is plain seconds, as in cast.
            let unit = variable.name == "ETH_RPC_TIMEOUT" && text.allSatisfy(\.isNumber) ? "s" : ""
            value.set(variable.key, to: .scalar(text + unit, origin: variable.name))
        }
        if readsNodeVariables, let url = environment["ETH_RPC_URL"], !url.isEmpty {
            value.set(["rpc", "endpoints"], to: Self.endpoint(url, origin: "ETH_RPC_URL"))
        }
        for flag in flags {
            if flag.flag == "--rpc-url" {
                value.set(flag.key, to: Self.endpoint(flag.value, origin: flag.flag))
            } else {
                value.set(flag.key, to: .scalar(flag.value, origin: flag.flag))
            }
        }
        return (value, files.files)
    }

    private static func endpoint(_ url: String, origin: String) -> ConfigValue {
        let entries = [
            ConfigValue.Entry(key: "name", value: .scalar(origin == "--rpc-url" ? "rpc-url" : "env", origin: origin)),
            ConfigValue.Entry(key: "url", value: .scalar(url, origin: origin)),
        ]
        return ConfigValue(kind: .sequence([ConfigValue(kind: .mapping(entries), origin: origin)]), origin: origin)
    }
}
