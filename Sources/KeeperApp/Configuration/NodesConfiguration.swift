import EthPrimitives
import EthRPC

/// The `rpc` section: which nodes, and how far they are believed.
public struct NodesConfiguration: Sendable {
    public var endpoints: [EndpointConfiguration]
    /// Nodes that must agree before something is sent.
    public var quorum: Int
    /// Seconds for one operation: all its attempts at all nodes.
    public var timeout: UInt64
    /// Attempts of one operation, over all nodes.
    public var attempts: Int
    /// Whether a slow read is asked of a second node too.
    public var hedges: Bool
    /// Seconds for which a node that keeps failing is passed over.
    public var coolDown: UInt64

    /// How the pool behaves. With several nodes an attempt may take half the time of the operation, so that one that hangs leaves
    /// time for another.
    var settings: PoolSettings {
        let timeout = Duration.seconds(Int64(clamping: timeout))
        return PoolSettings(
            timeout: timeout, attemptTimeout: endpoints.count > 1 ? timeout / 2 : timeout, attempts: attempts,
            coolDown: .seconds(Int64(clamping: coolDown)), hedges: hedges)
    }
}

/// An endpoint: its name is for people; its URL and headers may hold tokens and are never printed.
public struct EndpointConfiguration: Sendable {
    public var name: String
    var url: ConfigReference
    /// Its rate limit; `nil` for none.
    public var computeUnitsPerSecond: UInt64?
    var headers: [(name: String, value: ConfigReference)]
    var bearerToken: ConfigReference?

    /// The host of the URL, for what follows from it; `nil` where the URL is a secret in a file, or not known yet.
    var host: String? {
        // A variable that is not set is told to whoever needs the URL.
        guard !url.isFile, let text = try? url.read().reveal(), let start = text.firstRange(of: "://") else { return nil }
        let authority = text[start.upperBound...].prefix { !"/?#".contains($0) }
        return authority.split(separator: "@").last.map { String($0.prefix { $0 != ":" }) }
    }
}

extension NodesConfiguration {
    init(_ rpc: ConfigReader) throws(ConfigError) {
        endpoints = []
        for element in try rpc.list("endpoints") ?? [] {
            let endpoint = try Self.endpoint(try rpc.section(of: element), number: endpoints.count + 1)
            if endpoints.contains(where: { $0.name == endpoint.name }) {
                throw ConfigError(
                    "\(element.path).name", origin: element.value.origin, "two endpoints have the name \(endpoint.name)")
            }
            endpoints.append(endpoint)
        }
        timeout = try rpc.seconds("timeout") ?? 10
        guard timeout > 0 else { throw rpc.error("timeout", "expected at least 1s, got 0s: no answer comes in no time") }
        attempts = try rpc.count("attempts", in: 1...100) ?? 3
        hedges = try rpc.bool("hedge") ?? false
        coolDown = try rpc.seconds("coolDown") ?? 60
        quorum = try rpc.count("quorum", in: 1...100) ?? 1
        // Without an endpoint nothing goes online, as in a backtest, and the quorum does not matter.
        guard quorum <= max(endpoints.count, 1) || endpoints.isEmpty else {
            throw rpc.error(
                "quorum",
                "expected at most the number of endpoints, \(endpoints.count), got \(quorum); ETH_RPC_URL and --rpc-url name a "
                    + "single endpoint in place of all others")
        }
    }

    private static func endpoint(_ reader: ConfigReader, number: Int) throws(ConfigError) -> EndpointConfiguration {
        EndpointConfiguration(
            name: try reader.text("name") ?? "node\(number)", url: try reader.required("url", reader.reference("url")),
            computeUnitsPerSecond: try reader.count("computeUnitsPerSecond", in: 1...1_000_000_000).map(UInt64.init),
            headers: try reader.headers(), bearerToken: try reader.reference("bearerToken"))
    }
}

extension NodesConfiguration {
    /// One node under two names would agree with itself.
    /// - Throws: `ConfigError` naming both endpoints, and nothing of their URL.
    func rejectRepeatedURLs() throws(ConfigError) {
        var seen: [String: String] = [:]
        for endpoint in endpoints {
            var url = Substring(try endpoint.url.read().reveal())
            while url.last == "/" { url.removeLast() }
            if let other = seen.updateValue(endpoint.name, forKey: String(url)) {
                throw ConfigError(
                    endpoint.url.key, origin: endpoint.url.origin,
                    "\(other) and \(endpoint.name) have the same URL: one node would count as two")
            }
        }
    }
}

extension ConfigReader {
    /// The section `headers`: names with their values, which may be secret.
    func headers() throws(ConfigError) -> [(name: String, value: ConfigReference)] {
        var headers: [(name: String, value: ConfigReference)] = []
        let section = try section("headers")
        for name in section.names { if let value = try section.reference(name) { headers.append((name, value)) } }
        return headers
    }

    /// A whole number within bounds.
    func count(_ key: String, in range: ClosedRange<Int>) throws(ConfigError) -> Int? {
        try parsed(key, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}
