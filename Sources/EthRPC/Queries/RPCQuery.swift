public import EthCodec

/// A request to a node and how its answer is read: one place for both.
public struct RPCQuery<Value: Sendable>: Sendable {
    public let method: String
    public let params: [JSON]
    /// Reads the bytes of the result.
    let decode: @Sendable (ArraySlice<UInt8>) throws(RPCError) -> Value

    init(method: String, params: [JSON], decode: @escaping @Sendable (ArraySlice<UInt8>) throws(RPCError) -> Value) {
        self.method = method
        self.params = params
        self.decode = decode
    }

    /// A query whose result is read as a JSON value.
    public init(_ method: String, _ params: [JSON?] = [], decode: @escaping @Sendable (FieldReader) throws(RPCError) -> Value) {
        self.method = method
        self.params = params.compactMap { $0 }
        self.decode = { (bytes) throws(RPCError) in
            let json: JSON
            do { json = try JSONScanner.parse(bytes) } catch { throw RPCError(.malformedResult, "\(error)") }
            return try decode(FieldReader(json, path: "result"))
        }
    }

    /// The request under an id.
    public func request(id: UInt64 = 1) -> RPCRequest { RPCRequest(id: id, method: method, params: params) }

    /// Reads the answer.
    /// - Throws: the node's error, or `RPCError` of code `.malformedResult`; both name the method.
    public func value(of response: RPCResponse) throws(RPCError) -> Value {
        do throws(RPCError) {
            return try decode(try response.outcome.get())
        } catch {
            var named = error
            named.method = named.method ?? method
            throw named
        }
    }
}

extension RPCQuery where Value: ScannableResult {
    /// A query whose result is read straight from the bytes.
    public init(_ method: String, _ params: [JSON?] = []) {
        self.method = method
        self.params = params.compactMap { $0 }
        decode = { (bytes) throws(RPCError) in try Value(bytes) }
    }
}
