public import EthCodec
import EthPrimitives

/// One JSON-RPC 2.0 response. It keeps the bytes as they came, so that a recording tests the decoders too.
public struct RPCResponse: Sendable {
    public private(set) var id: UInt64
    /// The JSON of the result, or the node's error.
    public var outcome: Result<ArraySlice<UInt8>, RPCError>
    /// The whole response object as it came.
    public private(set) var raw: ArraySlice<UInt8>
    /// Where the id stands in `raw`, counted from its start.
    private var idRange: Range<Int>

    /// Reads one response object.
    /// - Throws: `RPCError` with code `truncated`, `notJSON` or `notJSONRPC`.
    public init(parsing raw: ArraySlice<UInt8>) throws(RPCError) {
        let scanned: Result<Scanned, JSONError> = raw.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONError) { return .success(try Scanned(&scanner)) } catch { return .failure(error) }
        }
        let parts: Scanned
        switch scanned {
        case .success(let value): parts = value
        case .failure(let error): throw RPCError(error.code == .truncated ? .truncated : .notJSON, "\(error)")
        }
        guard parts.isObject else {
            throw RPCError(.notJSONRPC, "expected a response object, got \(Self.excerpt(String(decoding: raw, as: UTF8.self)))")
        }
        self.raw = raw
        guard let id = parts.id?.uint64 else {
            if let error = parts.error { throw Self.nodeError(error) }
            throw RPCError(.wrongID, "expected the id of a request, got \(parts.id.map(\.description) ?? "none")")
        }
        self.id = id
        idRange = parts.idRange
        switch (parts.result, parts.error) {
        case (let result?, nil):
            outcome = .success(raw[(raw.startIndex + result.lowerBound)..<(raw.startIndex + result.upperBound)])
        case (_, let error?): outcome = .failure(Self.nodeError(error))
        case (nil, nil): throw RPCError(.notJSONRPC, "expected \"result\" or \"error\" in the response with id \(id)")
        }
    }

    /// The same response as the answer to another request: only the id differs, in `raw` too.
    public func answering(_ other: UInt64) -> Self {
        guard other != id else { return self }
        var copy = self
        let digits = Array(String(other).utf8)
        copy.id = other
        copy.raw = raw.prefix(idRange.lowerBound) + digits + raw.dropFirst(idRange.upperBound)
        copy.idRange = idRange.lowerBound..<(idRange.lowerBound + digits.count)
        return copy
    }

    /// The result as a JSON value.
    public func result() throws(RPCError) -> JSON {
        let bytes = try outcome.get()
        do { return try JSONScanner.parse(bytes) } catch { throw RPCError(.malformedResult, "\(error)") }
    }

    private static func nodeError(_ error: JSON) -> RPCError {
        guard case .number(let digits)? = error["code"], let code = Int(digits), let message = error["message"]?.string else {
            return RPCError(.notJSONRPC, "expected an error with a code and a message, got \(excerpt(error.description))")
        }
        // Data of a revert is hexadecimal; other clients put prose or objects there, which only the message may carry on.
        let data = error["data"]?.string.flatMap { try? Hex.decode($0) }
        return RPCError(.node(code: code, data: data), excerpt(message))
    }

    /// At most 300 characters of a text that came from outside, on one line and without control characters.
    static func excerpt(_ text: String) -> String {
        let visible = String(
            text.unicodeScalars.prefix(301).map { $0.properties.generalCategory == .control ? " " : Character($0) })
        return visible.count <= 300 ? visible : String(visible.prefix(300)) + "…"
    }

    /// The members of a response that matter.
    private struct Scanned {
        var id: JSON?
        var result: Range<Int>?
        var error: JSON?
        var isObject = true
        var idRange = 0..<0

        init(_ scanner: inout JSONScanner) throws(JSONError) {
            guard scanner.peek() == UInt8(ascii: "{") else {
                isObject = false
                _ = try scanner.skip()
                try scanner.end()
                return
            }
            var first = true
            while let name = try scanner.nextName(first: first) {
                first = false
                switch name {
                case "id":
                    _ = scanner.peek()
                    let start = scanner.offset
                    id = try scanner.value()
                    idRange = start..<scanner.offset
                case "result": result = try scanner.skip()
                case "error":
                    let value = try scanner.value()
                    error = value == .null ? nil : value
                default: _ = try scanner.skip()
                }
            }
            try scanner.end()
        }
    }
}
