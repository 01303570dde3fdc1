internal import EthCodec
public import EthPrimitives

/// One exchange as it went over the wire.
public struct CassetteLine: Sendable {
    /// Position in the file, from 1.
    public var position: Int
    public var block: UInt64?
    public var hash: BlockHash?
    /// Unix seconds of the block.
    public var time: UInt64?
    public var note: String?
    /// Requests with the JSON of their responses.
    public var exchanges: [Exchange]

    public struct Exchange: Sendable {
        public var request: CanonicalRequest
        public var method: String
        /// The response object as recorded.
        public var response: ArraySlice<UInt8>

        /// The result as a block's header; `nil` where the node knows no such block.
        /// - Throws: `RPCError` if it is none.
        func header() throws(RPCError) -> BlockHeader? {
            let json = try RPCResponse(parsing: response).result()
            return json == .null ? nil : try BlockHeader(FieldReader(json, path: "result"))
        }
    }

    /// Where it belongs.
    var label: CassetteLabel { CassetteLabel(block: block, hash: hash, time: time, note: note) }

    /// Reads one line.
    /// - Throws: `malformedLine` naming the line and what is wrong with it.
    init(parsing bytes: ArraySlice<UInt8>, position: Int) throws(CassetteError) {
        self.position = position
        exchanges = []
        let parts: [(name: String, range: Range<Int>)]
        do { parts = try Self.members(of: bytes) } catch {
            throw CassetteError(.malformedLine, "line \(position): \(error)")
        }
        var request: ArraySlice<UInt8>?
        var response: ArraySlice<UInt8>?
        for (name, range) in parts {
            let slice = bytes[(bytes.startIndex + range.lowerBound)..<(bytes.startIndex + range.upperBound)]
            switch name {
            case "block": block = try CassetteLabel.number(try Self.json(slice, position), "block", position)
            case "time": time = try CassetteLabel.number(try Self.json(slice, position), "time", position)
            // A hash of another form labels nothing; lookups go by the requests themselves.
            case "hash": hash = try Self.json(slice, position).string.flatMap { try? BlockHash(hex: $0) }
            case "note": note = try Self.json(slice, position).string
            case "request": request = slice
            case "response": response = slice
            default: break
            }
        }
        guard let request, let response else {
            throw CassetteError(.malformedLine, "line \(position): expected \"request\" and \"response\"")
        }
        try read(request, response)
    }

    private mutating func read(_ request: ArraySlice<UInt8>, _ response: ArraySlice<UInt8>) throws(CassetteError) {
        let requests = try Self.json(request, position)
        let list = requests.array ?? [requests]
        let responses: [ArraySlice<UInt8>]
        do { responses = try RPCBody.split(Array(response)) } catch {
            throw CassetteError(.malformedLine, "line \(position): \(error)")
        }
        var byID: [JSON: ArraySlice<UInt8>] = [:]
        for object in responses {
            guard let id = try Self.json(object, position)["id"] else { continue }
            byID[id] = object
        }
        for entry in list {
            guard let method = entry["method"]?.string else {
                throw CassetteError(.malformedLine, "line \(position): a request has no method")
            }
            // A request whose answer is absent is no exchange: asking for it later is a miss.
            guard let id = entry["id"], let answer = byID[id] else { continue }
            let canonical = CanonicalRequest(method: method, params: entry["params"]?.array ?? [])
            exchanges.append(Exchange(request: canonical, method: method, response: answer))
        }
    }

    private static func json(_ bytes: ArraySlice<UInt8>, _ position: Int) throws(CassetteError) -> JSON {
        do { return try JSONScanner.parse(bytes) } catch { throw CassetteError(.malformedLine, "line \(position): \(error)") }
    }

    /// The members of the line's object and where their values stand.
    private static func members(of bytes: ArraySlice<UInt8>) throws(JSONError) -> [(name: String, range: Range<Int>)] {
        let result: Result<[(name: String, range: Range<Int>)], JSONError> = bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONError) {
                var members: [(name: String, range: Range<Int>)] = []
                while let name = try scanner.nextName(first: members.isEmpty) { members.append((name, try scanner.skip())) }
                try scanner.end()
                return .success(members)
            } catch { return .failure(error) }
        }
        return try result.get()
    }
}
