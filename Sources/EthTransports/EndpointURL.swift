import EthRPC

/// An endpoint's URL in its parts (RFC 3986). Errors name what was expected and never show any of it: each part may be secret.
struct EndpointURL: Sendable {
    enum Scheme: String, Sendable {
        case http, https
        case webSocket = "ws"
        case secureWebSocket = "wss"

        static let http1 = [http, https]
        static let webSockets = [webSocket, secureWebSocket]

        var isSecure: Bool { self == .https || self == .secureWebSocket }
    }

    var scheme: Scheme
    /// `user:password`, as written.
    var user: String?
    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    var host: String
    var port: Int
    /// Path and query, beginning with a slash.
    var target: String

    /// - Parameter schemes: what is accepted, and named in the error.
    init(_ text: String, schemes: [Scheme]) throws(RPCError) {
        let colon = text.firstRange(of: "://")
        let name = colon.map { text[..<$0.lowerBound].lowercased() }
        guard let colon, let scheme = name.flatMap(Scheme.init(rawValue:)), schemes.contains(scheme) else {
            let names = schemes.map { "\($0.rawValue)://" }.joined(separator: " or ")
            throw RPCError(
                .badEndpoint, "expected \(schemes.first == .http || schemes.first == .https ? "an" : "a") \(names) URL")
        }
        self.scheme = scheme
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw RPCError(.badEndpoint, "expected a URL without white space, control characters and characters beyond ASCII")
        }
        var rest = text[colon.upperBound...]
        if let fragment = rest.firstIndex(of: "#") { rest = rest[..<fragment] }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        var authority = rest[..<end]
        if let at = authority.lastIndex(of: "@") {
            user = String(authority[..<at])
            authority = authority[authority.index(after: at)...]
        }
        target = rest[end...].hasPrefix("/") ? String(rest[end...]) : "/\(rest[end...])"
        (host, port) = try Self.place(authority, defaultPort: scheme.isSecure ? 443 : 80)
    }

    private static func place(_ authority: Substring, defaultPort: Int) throws(RPCError) -> (host: String, port: Int) {
        var host = authority
        var digits: Substring?
        if authority.hasPrefix("[") {
            guard let bracket = authority.firstIndex(of: "]") else {
                throw RPCError(.badEndpoint, "expected a ] in the URL's host")
            }
            host = authority[authority.index(after: authority.startIndex)..<bracket]
            let rest = authority[authority.index(after: bracket)...]
            guard rest.isEmpty || rest.hasPrefix(":") else {
                throw RPCError(.badEndpoint, "expected a port after the URL's host")
            }
            digits = rest.isEmpty ? nil : rest.dropFirst()
            guard !host.isEmpty, host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
                throw RPCError(.badEndpoint, "expected an IPv6 address in the URL's brackets")
            }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                host = authority[..<colon]
                digits = authority[authority.index(after: colon)...]
            }
            guard !host.isEmpty, host.allSatisfy({ $0.isLetter || $0.isNumber || "-._".contains($0) }) else {
                throw RPCError(.badEndpoint, "expected the name or the address of a host in the URL")
            }
        }
        guard let digits else { return (String(host), defaultPort) }
        guard let port = UInt16(digits), port > 0 else {
            throw RPCError(.badEndpoint, "expected a port from 1 to 65535 in the URL")
        }
        return (String(host), Int(port))
    }

    /// The host as URLs and `Host` headers write it, with the port where it is not the scheme's own.
    var hostAndPort: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (scheme.isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }

    /// The URL without user and password.
    var text: String { "\(scheme.rawValue)://\(hostAndPort)\(target)" }
}
