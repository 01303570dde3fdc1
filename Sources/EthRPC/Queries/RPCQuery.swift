public import EthCodec
internal import EthPrimitives

/// A request to a node and how its answer is read: one place for both.
public struct RPCQuery<Value: Sendable>: Sendable {
    /// The request, under any id.
    @usableFromInline let template: RPCRequest
    /// Reads the bytes of the result.
    @usableFromInline let decode: @Sendable (ArraySlice<UInt8>) throws(RPCError) -> Value

    public var method: String { template.method }
    public var params: [JSON] { template.params }

    init(_ template: RPCRequest, decode: @escaping @Sendable (ArraySlice<UInt8>) throws(RPCError) -> Value) {
        self.template = template
        self.decode = decode
    }

    /// A query whose result is read as a JSON value.
    public init(_ method: String, _ params: [JSON?] = [], decode: @escaping @Sendable (FieldReader) throws(RPCError) -> Value) {
        self.init(RPCRequest(method: method, params: params.compactMap { $0 })) { (bytes) throws(RPCError) in
            let json: JSON
            do { json = try JSONScanner.parse(bytes) } catch { throw RPCError(.malformedResult, "\(error)") }
            return try decode(FieldReader(json, path: "result"))
        }
    }

    /// The same request, whose value is taken further.
    public func map<Next: Sendable>(
        _ transform: @escaping @Sendable (Value) throws(RPCError) -> Next
    ) -> RPCQuery<Next> {
        let decode = decode
        return RPCQuery<Next>(template) { (bytes) throws(RPCError) in try transform(try decode(bytes)) }
    }

    /// The request under an id.
    @inlinable
    public func request(id: UInt64 = 1) -> RPCRequest {
        var request = template
        request.id = id
        return request
    }

    /// Reads the answer.
    /// - Throws: the node's error, or `RPCError` of code `.malformedResult`; both name the method.
    @inlinable
    public func value(of response: RPCResponse) throws(RPCError) -> Value {
        do throws(RPCError) {
            return try decode(try response.resultBytes)
        } catch {
            throw response.cleaned(error.named(template.method))
        }
    }
}

extension RPCError {
    /// The same, of a method unless it names one.
    @usableFromInline
    func named(_ method: String) -> Self {
        var named = self
        named.method = named.method ?? method
        return named
    }
}

extension RPCQuery where Value: ScannableResult {
    /// A query whose result is read straight from the bytes.
    public init(_ method: String, _ params: [JSON?] = []) {
        self.init(RPCRequest(method: method, params: params.compactMap { $0 })) { (bytes) throws(RPCError) in try Value(bytes) }
    }

    /// The same for a request that is written already.
    init(_ template: RPCRequest) { self.init(template) { (bytes) throws(RPCError) in try Value(bytes) } }
}

extension RPCQuery {
    /// A query whose result is read straight from the bytes.
    init(_ template: RPCRequest, scanning read: @escaping @Sendable (inout FieldScanner) throws(FieldFault) -> Value) {
        self.init(template) { (bytes) throws(RPCError) in try FieldScanner.read(bytes, path: "result", read) }
    }

    init(
        _ method: String, _ params: [JSON?], scanning read: @escaping @Sendable (inout FieldScanner) throws(FieldFault) -> Value
    ) {
        self.init(RPCRequest(method: method, params: params.compactMap { $0 }), scanning: read)
    }
}
