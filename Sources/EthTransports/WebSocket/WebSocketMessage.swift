import EthCodec
import EthRPC

/// A text message from a node, taken apart.
struct WebSocketMessage {
    enum Item {
        case response(RPCResponse)
        /// News of a subscription, as JSON.
        case notification(subscription: String, result: ArraySlice<UInt8>)
        /// An error that names no request.
        case refusal(RPCError)
    }

    var items: [Item] = []
    /// Whether the items came in an array, as the answers to a batch do.
    var isArray = false

    /// - Throws: `RPCError`: `notJSON`, `truncated`, `notJSONRPC`, `wrongID`, `protocolViolation`.
    init(_ bytes: [UInt8]) throws(RPCError) {
        let elements = try Self.elements(of: bytes)
        isArray = elements != nil
        for element in elements ?? [bytes[...]] { items.append(try Self.item(element)) }
    }

    /// The elements of an array; `nil` for anything else.
    private static func elements(of bytes: [UInt8]) throws(RPCError) -> [ArraySlice<UInt8>]? {
        let result: Result<[Range<Int>]?, JSONError> = bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            guard scanner.peek() == UInt8(ascii: "[") else { return .success(nil) }
            do throws(JSONError) {
                var ranges: [Range<Int>] = []
                while try scanner.nextElement(first: ranges.isEmpty) { ranges.append(try scanner.skip()) }
                try scanner.end()
                return .success(ranges)
            } catch { return .failure(error) }
        }
        switch result {
        case .success(let ranges): return ranges?.map { bytes[$0] }
        case .failure(let error): throw unreadable(error)
        }
    }

    private static func unreadable(_ error: JSONError) -> RPCError {
        RPCError(error.code == .truncated ? .truncated : .notJSON, "expected JSON in a message: \(error)")
    }

    private static func item(_ object: ArraySlice<UInt8>) throws(RPCError) -> Item {
        let scanned: Result<Notification?, JSONError> = object.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONError) { return .success(try Notification(&scanner)) } catch { return .failure(error) }
        }
        switch scanned {
        case .failure(let error):
            if object.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") { throw RPCError(.notJSON, "expected JSON, got HTML") }
            throw unreadable(error)
        case .success(let notification?):
            guard notification.method == "eth_subscription", let id = notification.subscription, let range = notification.result
            else { throw RPCError(.protocolViolation, "expected the news of a subscription, got another notification") }
            return .notification(
                subscription: id, result: object[(object.startIndex + range.lowerBound)..<(object.startIndex + range.upperBound)])
        case .success(nil):
            do throws(RPCError) { return .response(try RPCResponse(parsing: object)) } catch {
                if case .node = error.code { return .refusal(error) }
                throw error
            }
        }
    }

    /// The members of a notification that matter.
    private struct Notification {
        var method: String?
        var subscription: String?
        var result: Range<Int>?

        /// Looks at the first members only, where the object is a response.
        init?(_ scanner: inout JSONScanner) throws(JSONError) {
            guard scanner.peek() == UInt8(ascii: "{") else { return nil }
            var first = true
            while let name = try scanner.nextName(first: first) {
                first = false
                switch name {
                case "id", "result", "error": return nil
                case "method": method = try scanner.value().string
                case "params" where scanner.peek() == UInt8(ascii: "{"): try read(&scanner)
                default: _ = try scanner.skip()
                }
            }
            try scanner.end()
            // An object without any of them is a response that lacks its id.
            guard method != nil else { return nil }
        }

        private mutating func read(_ scanner: inout JSONScanner) throws(JSONError) {
            var first = true
            while let name = try scanner.nextName(first: first) {
                first = false
                switch name {
                case "subscription": subscription = try scanner.value().string
                case "result": result = try scanner.skip()
                default: _ = try scanner.skip()
                }
            }
        }
    }
}
