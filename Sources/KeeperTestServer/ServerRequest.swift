import EthCodec
public import EthRPC

/// Something that a client asked of the server, as it arrived.
public struct ServerRequest: Sendable {
    /// How it came.
    public enum Kind: Sendable { case http, webSocket, upgrade }

    /// How it came: as an HTTP request, as a WebSocket message, or as the wish for a WebSocket.
    public var kind: Kind
    /// Its place among those of its sort, from 0: wishes for a WebSocket are counted apart from requests.
    public var index: Int
    /// Which connection it came on, from 0 in the order of accepting.
    public var connection: Int
    /// The first line without the version, such as `POST /`; empty for WebSocket messages.
    public var line: String
    /// The headers in their order, names as written; empty for WebSocket messages.
    public var headers: [(name: String, value: String)]
    /// The bytes of the body or the message.
    public var body: [UInt8]
    /// The JSON-RPC requests in it; empty where it is something else.
    public var calls: [RPCRequest]
    /// Whether the body is an array.
    public var isBatch: Bool

    init(
        kind: Kind, index: Int, connection: Int, line: String = "", headers: [(name: String, value: String)] = [], body: [UInt8]
    ) {
        self.kind = kind
        self.index = index
        self.connection = connection
        self.line = line
        self.headers = headers
        self.body = body
        // What is no JSON is no call: the server then answers as its script says.
        let json = (try? JSONScanner.parse(body)) ?? .null
        isBatch = json.array != nil
        calls = (json.array ?? [json]).compactMap(Self.call)
    }

    /// The values of a header, in whatever case its name was written.
    public func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    private static func call(_ json: JSON) -> RPCRequest? {
        guard let id = json["id"]?.uint64, let method = json["method"]?.string else { return nil }
        return RPCRequest(id: id, method: method, params: json["params"]?.array ?? [])
    }
}
