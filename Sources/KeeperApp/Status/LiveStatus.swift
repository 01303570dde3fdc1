import EthCodec
import EthPrimitives
import EthTransports
import KeeperOps

/// What the running process says of itself.
struct LiveStatus: Sendable {
    let json: JSON

    /// Asks a process on this machine.
    /// - Returns: `nil` if nobody answers as a keeper does.
    static func ask(_ address: OpsAddress) async -> Self? {
        // One that listens everywhere listens here too.
        let host = ["0.0.0.0", "::"].contains(address.host) ? "127.0.0.1" : address.host
        let url = SecretText("http://\(OpsAddress(host: host, port: address.port))/status")
        // Nobody there is an answer too.
        guard let reply = try? await PlainHTTPClient.send("GET", url, timeout: .seconds(2)), reply.status == 200 else {
            return nil
        }  // see above
        guard let json = try? JSONScanner.parse(reply.body), json["program"]?.string != nil else { return nil }  // see above
        return Self(json: json)
    }

    var isReady: Bool { json["ready"] == true }
    var readiness: String { Self.line(json["readiness"]) }

    /// Whether it is the process of this keeper: the port may be another's.
    func isOf(_ program: String, _ name: String) -> Bool {
        json["program"]?.string == program && json["name"]?.string == name
    }

    /// What a process says of itself, on one line whatever it is.
    private static func line(_ text: JSON?) -> String {
        VisibleText.of(text?.string ?? "?").replacing("\n", with: #"\n"#).replacing("\t", with: " ")
    }
    /// Seconds since its start.
    var uptime: UInt64 {
        let (now, start) = (json["time"]?.uint64 ?? 0, json["startedAt"]?.uint64 ?? 0)
        return now - min(start, now)
    }
    var version: String { Self.line(json["version"]) }
    var calls: UInt64? { json["calls"]?.uint64 }

    /// Alerts that are open, the gravest first.
    var alerts: [String] {
        (json["alerts"]?.array ?? []).map { "\(Self.line($0["severity"])) \(Self.line($0["text"]))" }
    }

    /// A line of all nodes.
    var nodes: String? {
        guard let nodes = json["nodes"]?.array, !nodes.isEmpty else { return nil }
        return nodes.map { node in
            let name = Self.line(node["name"])
            if node["problem"]?.string != nil { return "\(name): \(Self.line(node["problem"]))" }
            let latency = node["latencyP95Milliseconds"]?.uint64.map { ", p95 \($0) ms" } ?? ""
            return "\(name) head -\(node["lag"]?.uint64 ?? 0)\(latency)"
        }.joined(separator: " | ")
    }
}
