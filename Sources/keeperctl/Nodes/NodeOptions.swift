import ArgumentParser
import EthPrimitives
import EthTransports
import Foundation
import KeeperApp

/// How long a node may take, and what it wants to see of us; flags and variables as in cast.
struct ExchangeOptions: ParsableArguments {
    @Option(help: "Time allowed for one exchange, such as 10s; a bare number is seconds. [$ETH_RPC_TIMEOUT]")
    var rpcTimeout: String?

    @Option(
        name: .customLong("rpc-headers"),
        help: ArgumentHelp(
            "A header such as 'X-Api-Key: …'; may be given several times; @FILE has one a line. [$ETH_RPC_HEADERS, with commas between]",
            valueName: "header"))
    var headers: [String] = []

    /// - Parameter standard: where nobody says.
    func timeout(_ standard: Duration) throws -> Duration {
        guard let (text, origin) = NodeVariable.choose(rpcTimeout, "--rpc-timeout", "ETH_RPC_TIMEOUT") else { return standard }
        let seconds = text.allSatisfy(\.isNumber) ? UInt64(text) : Duration.seconds(parsing: text)
        guard let seconds, seconds > 0, seconds <= 86_400 else {
            throw ValidationError("\(origin): expected a time of up to 24h such as 10s, got \"\(text)\"")
        }
        return .seconds(Int64(seconds))
    }

    /// - Throws: `ValidationError`, which shows nothing of the values.
    func pairs() throws -> [(name: String, value: SecretText)] {
        var lines = try headers.flatMap { try InputText.read($0).split(whereSeparator: \.isNewline).map(String.init) }
        if headers.isEmpty, let text = NodeVariable.value("ETH_RPC_HEADERS") {
            lines = text.split(separator: ",").map(String.init)
        }
        return try lines.map { line in
            guard let colon = line.firstIndex(of: ":") else {
                throw ValidationError("--rpc-headers: expected a name, a colon and a value")
            }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (line[..<colon].trimmingCharacters(in: .whitespaces), SecretText(value))
        }
    }
}

/// The one node that a command asks.
struct SingleNodeOptions: ParsableArguments {
    @Option(
        name: [.customShort("r"), .customLong("rpc-url")],
        help: ArgumentHelp("The node's URL, http, https, ws or wss; @FILE reads it from a file. [$ETH_RPC_URL]", valueName: "url")
    )
    var url: String?
    @OptionGroup var exchange: ExchangeOptions

    /// What errors call it.
    static let label = "node"

    /// The place of the node.
    func endpoint() throws -> Endpoint {
        guard let (text, _) = NodeVariable.choose(url, "--rpc-url", "ETH_RPC_URL") else {
            throw ValidationError("Expected a node: --rpc-url or ETH_RPC_URL.")
        }
        return try Endpoint(label: Self.label, url: SecretText(try InputText.read(text)), headers: try exchange.pairs())
    }
}

/// What flags leave to the environment.
enum NodeVariable {
    /// A variable that is set to something.
    static func value(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A flag's value or that of its variable, and which of them it is.
    static func choose(_ flag: String?, _ flagName: String, _ variable: String) -> (text: String, origin: String)? {
        if let flag { return (flag, flagName) }
        return value(variable).map { ($0, variable) }
    }
}
