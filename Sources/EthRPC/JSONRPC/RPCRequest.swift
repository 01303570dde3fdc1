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
        var writer = JSONWriter()
        writer.reserveCapacity(batch.reduce(2) { $0 + $1.expectedSize })
        if batch.count == 1 {
            batch[0].write(to: &writer)
            return writer.bytes
        }
        for index in batch.indices {
            writer.writeRaw(index == 0 ? "[" : ",")
            batch[index].write(to: &writer)
        }
        writer.writeRaw(batch.isEmpty ? "[]" : "]")
        return writer.bytes
    }

    private var expectedSize: Int { 72 + method.utf8.count + (text?.count ?? 256) }

    /// Writes what `json` is, without building it.
    private func write(to writer: inout JSONWriter) {
        writer.writeRaw("{\"jsonrpc\":\"2.0\",\"id\":")
        writer.writeRaw(RequestText.bytes(capacity: 20) { $0.decimal(id) })
        writer.writeRaw(",\"method\":")
        writer.write(method)
        writer.writeRaw(",\"params\":")
        switch parameters {
        case .values(let values): writer.write(.array(values))
        case .text(let text): writer.writeRaw(text)
        }
        writer.writeRaw("}")
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
