internal import EthCodec

/// The members of a JSON-RPC 2.0 response object.
struct ResponseMembers {
    var isObject = true
    var version: JSON?
    var id: JSON?
    /// Where the id stands.
    var idRange = 0..<0
    /// Where the result stands; `nil` also where it is `null` beside an error.
    var result: Range<Int>?
    /// `nil` also where it is `null`, as servers of JSON-RPC 1.0 write beside a result.
    var error: JSON?
    /// A member of these that is there more than once.
    var repeated: String?

    init(_ bytes: ArraySlice<UInt8>) throws(JSONError) {
        let scanned: Result<Self, JSONError> = bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONError) { return .success(try Self(&scanner)) } catch { return .failure(error) }
        }
        self = try scanned.get()
    }

    private init(_ scanner: inout JSONScanner) throws(JSONError) {
        guard scanner.peek() == UInt8(ascii: "{") else {
            isObject = false
            _ = try scanner.skip()
            try scanner.end()
            return
        }
        var resultIsNull = false
        var seen: [String] = []
        var isFirst = true
        while let name = try scanner.nextName(first: isFirst) {
            isFirst = false
            guard ["jsonrpc", "id", "result", "error"].contains(name) else {
                _ = try scanner.skip()
                continue
            }
            if seen.contains(name) { repeated = name }
            seen.append(name)
            let next = scanner.peek()
            let start = scanner.offset
            switch name {
            case "jsonrpc": version = try scanner.value()
            case "id":
                id = try scanner.value()
                idRange = start..<scanner.offset
            case "result":
                resultIsNull = next == UInt8(ascii: "n")
                result = try scanner.skip()
            default:
                let value = try scanner.value()
                error = value == .null ? nil : value
            }
        }
        try scanner.end()
        if resultIsNull, error != nil { result = nil }
    }
}
