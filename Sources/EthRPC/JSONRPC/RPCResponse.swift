public import EthCodec
import EthPrimitives

/// One JSON-RPC 2.0 response. It keeps the bytes as they came, so that a recording tests the decoders too.
public struct RPCResponse: Sendable {
    public private(set) var id: UInt64
    /// The whole response object as it came.
    private let received: ArraySlice<UInt8>
    private let receivedID: UInt64
    /// Where the id stands in it, counted from its start.
    private let idRange: Range<Int>
    private let content: Content
    private var redaction: ResponseRedaction?

    private enum Content: Sendable {
        /// Where the result stands, counted from the start of the object.
        case result(Range<Int>)
        case failure(Failure)
    }

    /// Errors are large and rare.
    private final class Failure: Sendable {
        let error: RPCError
        init(_ error: RPCError) { self.error = error }
    }

    /// The JSON of the result, or the node's error.
    public var outcome: Result<ArraySlice<UInt8>, RPCError> {
        switch content {
        case .result(let range):
            .success(received[(received.startIndex + range.lowerBound)..<(received.startIndex + range.upperBound)])
        case .failure(let failure): .failure(failure.error)
        }
    }

    /// The JSON of the result; throws the node's error.
    @usableFromInline
    var resultBytes: ArraySlice<UInt8> {
        get throws(RPCError) {
            switch content {
            case .result(let range):
                return received[(received.startIndex + range.lowerBound)..<(received.startIndex + range.upperBound)]
            case .failure(let failure): throw failure.error
            }
        }
    }

    /// The whole response object: as it came, but for the id where it answers another request.
    public var raw: ArraySlice<UInt8> {
        guard id != receivedID else { return received }
        var bytes = Array(received)
        bytes.replaceSubrange(idRange, with: String(id).utf8)
        return bytes[...]
    }

    /// The whole response object as it may be kept: without the secrets of its endpoint.
    var kept: ArraySlice<UInt8> { redaction?.cleanBytes(raw) ?? raw }

    /// A response that was found in bytes which hold it from `start` on.
    init(_ plain: PlainResponse, in bytes: ArraySlice<UInt8>, at start: Int) {
        received = bytes[start..<(start + plain.extent.count)]
        id = plain.id
        receivedID = plain.id
        idRange = plain.idRange
        content = .result(plain.result)
    }

    /// Reads one response object, strictly: version 2.0, the id of a request, either a result or an error, none of them twice.
    /// - Throws: `RPCError` with code `truncated`, `notJSON`, `notJSONRPC` or `wrongID`; the node's error where it names no id.
    public init(parsing raw: ArraySlice<UInt8>) throws(RPCError) {
        if let plain = PlainResponse.read(raw) {
            self.init(plain, in: raw, at: raw.startIndex)
        } else {
            try self.init(examining: raw)
        }
    }

    /// The same for whatever is not as plain as most, or wrong.
    init(examining raw: ArraySlice<UInt8>) throws(RPCError) {
        let parts: ResponseMembers
        do { parts = try ResponseMembers(raw) } catch {
            throw RPCError(error.code == .truncated ? .truncated : .notJSON, "\(error)")
        }
        guard parts.isObject else {
            throw RPCError(.notJSONRPC, "expected a response object, got \(Self.excerpt(raw))")
        }
        guard parts.version == "2.0" else {
            let version = parts.version.map { NodeText.excerpt($0.description) } ?? "none"
            throw RPCError(.notJSONRPC, "expected \"jsonrpc\": \"2.0\", got \(version) in \(Self.excerpt(raw))")
        }
        if let name = parts.repeated { throw RPCError(.notJSONRPC, "a response has \"\(name)\" more than once") }
        received = raw
        guard let id = parts.id?.uint64 else {
            if let error = parts.error { throw Self.nodeError(error) }
            throw RPCError(
                .wrongID, "expected the id of a request, got \(parts.id.map { NodeText.excerpt($0.description) } ?? "none")")
        }
        self.id = id
        receivedID = id
        idRange = parts.idRange
        switch (parts.result, parts.error) {
        case (let result?, nil):
            content = .result(result)
        case (nil, let error?): content = .failure(Failure(Self.nodeError(error)))
        case (nil, nil): throw RPCError(.notJSONRPC, "expected \"result\" or \"error\" in the response with id \(id)")
        case (_?, _?): throw RPCError(.notJSONRPC, "expected \"result\" or \"error\", got both in the response with id \(id)")
        }
    }

    /// The same response as the answer to another request: only the id differs, in `raw` too.
    public func answering(_ other: UInt64) -> Self {
        var copy = self
        copy.id = other
        return copy
    }

    /// Marks responses as an endpoint's with secrets: what is said about their results is cleaned of them.
    /// - Returns: where the errors stand, whose own text is left to the caller.
    public static func quote(_ responses: inout [RPCResponse], through redaction: ResponseRedaction) -> [Int] {
        var failures: [Int] = []
        for index in responses.indices {
            if case .failure = responses[index].content { failures.append(index) }
            responses[index].redaction = redaction
        }
        return failures
    }

    /// An error about this response, such as one that quotes a result of the wrong form, without the secrets of its endpoint.
    public func cleaned(_ error: RPCError) -> RPCError {
        guard let redaction else { return error }
        var clean = error
        clean.message = redaction.clean(error.message)
        clean.detail = error.detail.map(redaction.clean)
        return clean
    }

    /// The result as a JSON value.
    public func result() throws(RPCError) -> JSON {
        let bytes = try outcome.get()
        do { return try JSONScanner.parse(bytes) } catch { throw RPCError(.malformedResult, "\(error)") }
    }

    private static func nodeError(_ error: JSON) -> RPCError {
        guard case .number(let digits)? = error["code"], let code = Int(digits), let message = error["message"]?.string else {
            return RPCError(
                .notJSONRPC, "expected an error with a code and a message, got \(NodeText.excerpt(error.description))")
        }
        let (data, detail) = NodeErrorData.split(error["data"])
        return RPCError(.node(code: code, data: data), NodeText.excerpt(message), detail: detail)
    }

    private static func excerpt(_ raw: ArraySlice<UInt8>) -> String {
        NodeText.excerpt(String(decoding: raw.prefix(4 * NodeText.limit), as: UTF8.self))
    }
}
