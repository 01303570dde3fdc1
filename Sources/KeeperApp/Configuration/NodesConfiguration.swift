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
        for reader in try rpc.sections("endpoints", "the preferred one first; all of them get what is sent") {
            let endpoint = try EndpointConfiguration(reader, number: endpoints.count + 1)
            if endpoints.contains(where: { $0.name == endpoint.name }) {
                throw reader.error("name", "two endpoints have the name \(endpoint.name)")
            }
            endpoints.append(endpoint)
        }
        quorum = try rpc.value(
            "quorum", .count(in: 1...100), default: 1, "nodes that must agree on a transaction before it is sent")
        timeout = try rpc.value("timeout", .someSeconds, default: 10, "one operation, all its attempts together")
        attempts = try rpc.value("attempts", .count(in: 1...100), default: 3, "of one operation, over all nodes")
        coolDown = try rpc.value("coolDown", .seconds, default: 60, "a node that keeps failing is passed over for so long")
        hedges = try rpc.value("hedge", .bool, default: false, "true: a slow read is asked of a second node too")
        // Without an endpoint nothing goes online, as in a backtest, and the quorum does not matter.
        guard quorum <= max(endpoints.count, 1) || endpoints.isEmpty else {
            throw rpc.error(
                "quorum",
                "expected at most the number of endpoints, \(endpoints.count), got \(quorum); ETH_RPC_URL and --rpc-url name a "
                    + "single endpoint in place of all others")
        }
    }
}

extension EndpointConfiguration {
    /// - Parameter number: its place in the list, from 1.
    fileprivate init(_ reader: ConfigReader, number: Int) throws(ConfigError) {
        let byPlace = reader.isSurvey ? nil : "node\(number)"
        name =
            try reader.value(
                "name", .text, default: byPlace, from: "by its place", "stands for the node everywhere, in place of its URL")
            ?? ""
        url = try reader.requiredReference("url", "http, https, ws or wss")
        computeUnitsPerSecond = try reader.value(
            "computeUnitsPerSecond", .whole(in: 1...1_000_000_000), "its rate limit: 20 for most methods, 26 for eth_call")
        bearerToken = try reader.reference("bearerToken", "token of an Authorization header")
        headers = try reader.headers("sent with each request")
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
