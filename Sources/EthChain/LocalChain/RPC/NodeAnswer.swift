import EthCodec
import EthPrimitives
import EthRPC

/// Errors as nodes give them: geth's codes and words.
enum NodeAnswer {
    /// The general error of a node.
    static func failure(_ message: String, code: Int = -32_000, data: [UInt8]? = nil) -> RPCError {
        RPCError(.node(code: code, data: data), message)
    }

    /// A parameter that cannot be read.
    static func invalid(_ index: Int, _ what: String) -> RPCError {
        failure("invalid argument \(index): \(what)", code: -32_602)
    }

    /// The response to a request.
    static func response(_ id: UInt64, _ result: Result<JSON, RPCError>) throws(RPCError) -> RPCResponse {
        var writer = JSONWriter()
        writer.writeRaw("{\"jsonrpc\":\"2.0\",\"id\":")
        writer.write(.integer(id))
        switch result {
        case .success(let value):
            writer.writeRaw(",\"result\":")
            writer.write(value)
        case .failure(let error):
            writer.writeRaw(",\"error\":")
            var (code, data): (Int, [UInt8]?) = (-32_603, nil)
            if case .node(let stated, let bytes) = error.code { (code, data) = (stated, bytes) }
            writer.write(
                .object([
                    "code": .integer(code), "message": .string(error.message), "data": data.map { .string(Hex.encode($0)) },
                ]))
        }
        writer.writeRaw("}")
        return try RPCResponse(parsing: writer.bytes[...])
    }
}
