public import EthCodec

/// One JSON-RPC 2.0 request.
public struct RPCRequest: Sendable, Hashable {
    public var id: UInt64
    public var method: String
    public var params: [JSON]

    public init(id: UInt64 = 1, method: String, params: [JSON] = []) {
        self.id = id
        self.method = method
        self.params = params
    }

    public var json: JSON {
        .object(["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": .array(params)])
    }

    /// The bytes for the wire: one request as an object, several as an array.
    public static func body(of batch: [RPCRequest]) -> [UInt8] {
        JSONWriter.bytes(of: batch.count == 1 ? batch[0].json : .array(batch.map(\.json)))
    }
}
