public import EthPrimitives
public import EthRPC

/// Where a node is and what it wants to see of us. URL and header values may be secret: nothing prints them, and texts that come
/// from the node are cleaned of them.
public struct Endpoint: Sendable {
    /// The endpoint's name for people: it stands in errors and logs instead of the URL.
    public var label: String
    let url: SecretText
    let headers: [(name: String, value: SecretText)]
    /// `nil` for what the system has.
    let tls: TLSCredentials?
    /// What must not be seen of this endpoint.
    private let own: [SecretText]
    /// The same of those whose place it takes, the last one first.
    private var former: [[SecretText]] = []
    /// All of it, the longest first.
    private var secrets: [SecretText]
    private var redaction: ResponseRedaction

    /// So many endpoints before this one are remembered: what a server repeats is seldom older than a few rotations.
    private static let generations = 8

    /// - Parameters:
    ///   - label: the endpoint's name for people.
    ///   - url: `http`, `https`, `ws` or `wss`; a user and a password in it become an `Authorization` header (RFC 7617).
    ///   - headers: sent with every request, such as `("X-Api-Key", …)`.
    ///   - bearer: a token for an `Authorization: Bearer` header (RFC 6750), such as a JWT.
    /// - Throws: `badEndpoint`, naming what was expected and nothing of the URL or the values.
    public init(
        label: String, url: SecretText, headers: [(name: String, value: SecretText)] = [], bearer: SecretText? = nil
    ) throws(RPCError) {
        self = try Self(
            label: label, url: url, headers: headers, bearer: bearer, EndpointURL.Scheme.http1 + EndpointURL.Scheme.webSockets)
    }

    /// An endpoint that is reached over TLS and in no other way.
    /// - Parameters:
    ///   - url: `https`.
    ///   - tls: who we are, and whom we believe.
    /// - Throws: as above.
    public init(
        label: String, url: SecretText, headers: [(name: String, value: SecretText)] = [], bearer: SecretText? = nil,
        tls: TLSCredentials
    ) throws(RPCError) {
        self = try Self(label: label, url: url, headers: headers, bearer: bearer, tls: tls, [.https])
    }

    init(
        label: String, url: SecretText, headers: [(name: String, value: SecretText)] = [], bearer: SecretText? = nil,
        tls: TLSCredentials? = nil, _ schemes: [EndpointURL.Scheme]
    ) throws(RPCError) {
        self.label = label
        self.url = url
        self.tls = tls
        do throws(RPCError) {
            let parts = try EndpointURL(url.reveal(), schemes: schemes)
            var headers = headers
            if let bearer { headers.append(("Authorization", SecretText("Bearer " + bearer.reveal()))) }
            if let user = parts.user {
                headers.append(("Authorization", SecretText("Basic " + Base64.encode(Self.decoded(user)))))
            }
            try Self.check(headers)
            self.headers = headers
        } catch {
            var error = error
            error.endpoint = label
            throw error
        }
        let secrets = Self.secrets(url.reveal(), self.headers.map { $0.value.reveal() })
        own = secrets
        self.secrets = secrets
        redaction = ResponseRedaction({ Self.redacted($0, secrets) }, bytes: { Self.redacted($0, secrets) })
    }

    /// This endpoint in the place of another one: what was secret of that one stays so.
    public func succeeding(_ other: Endpoint) -> Endpoint {
        var endpoint = self
        endpoint.former = Array(([other.own] + other.former).prefix(Self.generations))
        let all = Set((own + endpoint.former.joined()).map { $0.reveal() })
        let secrets = all.sorted { ($0.count, $0) > ($1.count, $1) }.map(SecretText.init)
        endpoint.secrets = secrets
        endpoint.redaction = ResponseRedaction({ Self.redacted($0, secrets) }, bytes: { Self.redacted($0, secrets) })
        return endpoint
    }

    /// The URL's parts, where its scheme is one of these.
    func parts(_ schemes: [EndpointURL.Scheme]) throws(RPCError) -> EndpointURL {
        do { return try EndpointURL(url.reveal(), schemes: schemes) } catch {
            var error = error
            error.endpoint = label
            throw error
        }
    }

    private static func check(_ headers: [(name: String, value: SecretText)]) throws(RPCError) {
        let ours = ["connection", "content-encoding", "content-length", "host", "transfer-encoding", "upgrade"]
        for (name, value) in headers {
            let lower = name.lowercased()
            guard !name.isEmpty, name.utf8.allSatisfy({ isTokenByte($0) }) else {
                throw RPCError(.badEndpoint, "expected a header's name of letters, digits and hyphens")
            }
            guard !ours.contains(lower), !lower.hasPrefix("sec-websocket-") else {
                throw RPCError(.badEndpoint, "the header \(name) is not free to choose")
            }
            guard value.reveal().utf8.allSatisfy({ $0 == 0x09 || $0 >= 0x20 && $0 < 0x7F }) else {
                throw RPCError(.badEndpoint, "expected a value of visible ASCII characters for the header \(name)")
            }
        }
        guard headers.count(where: { $0.name.lowercased() == "authorization" }) <= 1 else {
            throw RPCError(.badEndpoint, "expected one authorization: a user in the URL, a bearer token or a header")
        }
    }

    /// What may stand in a header's name (RFC 9110, section 5.6.2).
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// A text without the parts of the URL and the headers that may be secret: servers like to repeat what they were asked.
    public func redacted(_ text: String) -> String { Self.redacted(text, secrets) }

    private static func redacted(_ text: String, _ secrets: [SecretText]) -> String {
        let whole = secrets.reduce(text) { $0.replacing($1.reveal(), with: "<secret>") }
        guard whole.contains("…") else { return whole }
        // A long text was cut, perhaps in the middle of a secret.
        let pieces = whole.split(separator: "…", omittingEmptySubsequences: false)
        return (pieces.dropLast().map { withoutEnding($0, secrets) } + pieces.suffix(1).map(String.init)).joined(separator: "…")
    }

    /// Data without secrets that cannot be in them by chance: of the digits of a large answer, some are like a short secret.
    private static func redacted(_ bytes: ArraySlice<UInt8>, _ secrets: [SecretText]) -> ArraySlice<UInt8> {
        secrets.map { Array($0.reveal().utf8) }.filter { $0.count >= 12 }.reduce(bytes) { bytes, secret in
            bytes.contains(secret) ? bytes.replacing(secret, with: "<secret>".utf8) : bytes
        }
    }

    /// A text that does not end with the beginning, four characters or more, of a secret.
    private static func withoutEnding(_ text: Substring, _ secrets: [SecretText]) -> String {
        for secret in secrets.map({ $0.reveal() }) {
            guard let length = (4..<secret.count).reversed().first(where: { text.hasSuffix(secret.prefix($0)) }) else { continue }
            return text.dropLast(length) + "<secret>"
        }
        return String(text)
    }

    /// User, password, path components and query values, the words of header values, of at least six characters; as written and
    /// percent-decoded. Addresses and port numbers are no secrets.
    private static func secrets(_ url: String, _ values: [String]) -> [SecretText] {
        let separators: Set<Character> = ["/", "?", "&", "=", "@", ":", "#"]
        let inURL = url.split { separators.contains($0) }.dropFirst().map(String.init)
        let inHeaders = values + values.flatMap { $0.split(separator: " ").map(String.init) }
        let written = inURL + inHeaders
        let all = Set(written + written.map { String(decoding: Self.decoded($0), as: UTF8.self) })
        return all.filter { $0.count >= 6 && $0 != "localhost" && !isAddress($0) }
            .sorted { ($0.count, $0) > ($1.count, $1) }.map(SecretText.init)
    }

    /// Numbers with dots between them.
    private static func isAddress(_ text: String) -> Bool {
        text.contains(".") && text.allSatisfy { $0.isNumber || $0 == "." }
    }

    /// The bytes of a percent-encoded text (RFC 3986, section 2.1); what is no encoding stays.
    private static func decoded(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = Hex.value(bytes[index + 1]),
                let low = Hex.value(bytes[index + 2])
            {
                out.append(high << 4 | low)
                index += 3
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return out
    }
}

extension Endpoint {
    /// Answers whose errors, and the bytes that a recording would keep of them, show nothing secret; neither does what is said about
    /// their results.
    func redacted(_ responses: [RPCResponse]) throws(RPCError) -> [RPCResponse] {
        var clean = responses
        for index in RPCResponse.quote(&clean, through: redaction) { clean[index] = try redacted(clean[index]) }
        return clean
    }

    private func redacted(_ failure: RPCResponse) throws(RPCError) -> RPCResponse {
        let text = String(decoding: failure.raw, as: UTF8.self)
        let clean = redacted(text)
        return clean == text ? failure : try RPCResponse(parsing: Array(clean.utf8)[...])
    }

    /// An error with the endpoint's name, its text cleaned.
    func named(_ error: RPCError, _ batch: [RPCRequest]) -> RPCError {
        var error = error
        error.endpoint = label
        error.message = redacted(error.message)
        error.detail = error.detail.map(redacted)
        if batch.count == 1 { error.method = error.method ?? batch[0].method }
        return error
    }
}
