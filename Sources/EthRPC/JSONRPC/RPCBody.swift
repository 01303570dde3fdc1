internal import EthCodec

/// Takes the body of an HTTP answer apart into the responses to a batch.
public enum RPCBody {
    /// The responses in the order of the requests.
    /// - Throws: `RPCError`: `notJSON` (an HTML page), `truncated`, `notJSONRPC`, `wrongID` (unknown, twice or missing); a
    ///   batch that is refused as a whole throws the node's error.
    public static func responses(in body: [UInt8], to batch: [RPCRequest]) throws(RPCError) -> [RPCResponse] {
        if let plain = PlainResponse.read(body, to: batch) {
            return plain.map { RPCResponse($0, in: body[...], at: $0.extent.lowerBound) }
        }
        return try examined(body, batch)
    }

    /// The same for whatever is not as plain as most, or wrong.
    static func examined(_ body: [UInt8], _ batch: [RPCRequest]) throws(RPCError) -> [RPCResponse] {
        let objects = try split(body, atMost: batch.count + 1)
        // geth refuses a batch that is too large with one error that carries the id of the first request.
        if batch.count > 1, objects.count == 1, case .failure(let error) = try RPCResponse(parsing: objects[0]).outcome {
            throw error
        }
        var byID: [UInt64: RPCResponse] = [:]
        for object in objects {
            let response = try RPCResponse(parsing: object)
            guard byID.updateValue(response, forKey: response.id) == nil else {
                throw RPCError(.wrongID, "two responses carry the id \(response.id)")
            }
        }
        let answered = byID.keys.sorted().map(String.init).prefix(5).joined(separator: ", ")
        var ordered: [RPCResponse] = []
        ordered.reserveCapacity(batch.count)
        for request in batch {
            guard let response = byID.removeValue(forKey: request.id) else {
                throw RPCError(
                    .wrongID, "expected a response with id \(request.id), got \(answered.isEmpty ? "none" : answered)",
                    method: request.method)
            }
            ordered.append(response)
        }
        if let stray = byID.keys.min() { throw RPCError(.wrongID, "a response carries the id \(stray), which was not asked") }
        return ordered
    }

    /// The response objects of a body: one object, or an array of them.
    /// - Parameter limit: how many there may be, so that a body of next to nothing, a million times, costs no more than its bytes.
    static func split(_ body: [UInt8], atMost limit: Int = .max) throws(RPCError) -> [ArraySlice<UInt8>] {
        let result: Result<[Range<Int>], JSONError> = body.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONError) {
                var ranges: [Range<Int>] = []
                if scanner.peek() == UInt8(ascii: "[") {
                    while try scanner.nextElement(first: ranges.isEmpty) {
                        ranges.append(try scanner.skip())
                        if ranges.count > limit { return .success(ranges) }
                    }
                } else {
                    ranges.append(try scanner.skip())
                }
                try scanner.end()
                return .success(ranges)
            } catch { return .failure(error) }
        }
        switch result {
        case .success(let ranges):
            guard ranges.count <= limit else { throw RPCError(.wrongID, "expected at most \(limit) responses, got more") }
            return ranges.map { body[$0] }
        case .failure(let error):
            if body.isEmpty { throw RPCError(.notJSON, "expected JSON, got an empty body") }
            if body.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") { throw RPCError(.notJSON, "expected JSON, got HTML") }
            if error.code == .truncated { throw RPCError(.truncated, "\(error)") }
            throw RPCError(.notJSON, "expected JSON: \(error)")
        }
    }
}
