public import EthCodec
internal import EthPrimitives

/// One JSON-RPC 2.0 request.
public struct RPCRequest: Sendable {
    public var id: UInt64
    public var method: String { didSet { canonical = nil } }
    private var parameters: Parameters
    /// What is known of the parameters as they are written; `nil` where nothing is.
    private(set) var canonical: Canonical?

    private enum Parameters: Sendable {
        case values([JSON])
        /// The same as the compact JSON of an array.
        case text([UInt8])
    }

    /// The parameters are written in the form that `CanonicalRequest` gives them.
    struct Canonical: Sendable {
        let pinnedTo: BlockHash?
    }

    public init(id: UInt64 = 1, method: String, params: [JSON] = []) {
        self.id = id
        self.method = method
        parameters = .values(params)
    }

    /// A request whose parameters are written already: an array in compact JSON.
    init(method: String, text: [UInt8], canonical: Canonical?) {
        id = 1
        self.method = method
        parameters = .text(text)
        self.canonical = canonical
    }

    public var params: [JSON] {
        get {
            switch parameters {
            case .values(let values): return values
            // Text is written by us only, as an array.
            case .text(let text): return (try? JSONScanner.parse(text))?.array ?? []
            }
        }
        set {
            parameters = .values(newValue)
            canonical = nil
        }
    }

    /// The parameters as they are written, where they are.
    var text: [UInt8]? {
        if case .text(let text) = parameters { text } else { nil }
    }

    public var json: JSON {
        .object(["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": .array(params)])
    }

    /// The bytes for the wire: one request as an object, several as an array.
    public static func body(of batch: [RPCRequest]) -> [UInt8] {
        // What is not text yet becomes it first: then the whole is written into memory of its size.
        let texts = batch.map { $0.text ?? JSONWriter.bytes(of: .array($0.params)) }
        var capacity = 2
        for index in batch.indices { capacity += 72 + batch[index].method.utf8.count + texts[index].count }
        // Only a method's name that is no name needs escapes.
        guard batch.allSatisfy({ $0.method.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C } }) else {
            return JSONWriter.bytes(of: batch.count == 1 ? batch[0].json : .array(batch.map(\.json)))
        }
        return RequestText.bytes(capacity: capacity) { text in
            if batch.count != 1 { text.write("[") }
            for index in batch.indices {
                text.write(index == 0 ? "{\"jsonrpc\":\"2.0\",\"id\":" : ",{\"jsonrpc\":\"2.0\",\"id\":")
                text.decimal(batch[index].id)
                text.write(",\"method\":\"")
                text.write(batch[index].method)
                text.write("\",\"params\":")
                text.write(texts[index])
                text.write("}")
            }
            if batch.count != 1 { text.write("]") }
        }
    }
}

extension RPCRequest: Hashable {
    public static func == (a: Self, b: Self) -> Bool {
        guard a.id == b.id, a.method == b.method else { return false }
        if let a = a.text, let b = b.text, a == b { return true }
        return a.params == b.params
    }

    /// The parameters do not count: they may be the same as values and as text.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(method)
    }
}

extension RPCRequest {
    /// Whether a parameter is a tag whose meaning changes from block to block: such a read is not about a fixed state.
    var readsNewest: Bool {
        if method == "eth_blockNumber" { return true }
        if canonical?.pinnedTo != nil { return false }
        return params.contains { $0.string == "latest" || $0.string == "pending" }
    }
}
