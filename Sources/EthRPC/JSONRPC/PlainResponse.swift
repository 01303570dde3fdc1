internal import EthCodec

/// A response as nodes write nearly all of them: version, id and result, each once, and nothing else. Read in one walk over the bytes;
/// whatever looks otherwise is left to those who find out what it is.
struct PlainResponse {
    let id: UInt64
    /// Where the id stands, counted from the start of the object, like the result.
    let idRange: Range<Int>
    let result: Range<Int>
    /// Where the object stands in what was scanned.
    let extent: Range<Int>

    /// The next value, or `nil` if it is no such response.
    init?(_ scanner: inout FieldScanner) throws(FieldFault) {
        if let usual = try Self.usual(&scanner) {
            self = usual
            return
        }
        var members = try scanner.object()
        var (id, idRange, result): (UInt64?, Range<Int>?, Range<Int>?) = (nil, nil, nil)
        var hasVersion = false
        while let name = try scanner.nextName(&members) {
            let start = scanner.offset
            switch name.count {
            case 2 where name("id") && id == nil:
                id = scanner.decimal()
                idRange = (start - members.start)..<(scanner.offset - members.start)
            case 6 where name("result") && result == nil:
                try scanner.skip()
                result = (start - members.start)..<(scanner.offset - members.start)
            case 7 where name("jsonrpc") && !hasVersion:
                hasVersion = scanner.version()
                if !hasVersion { return nil }
            default: return nil
            }
        }
        guard let id, let idRange, let result, hasVersion else { return nil }
        self.id = id
        self.idRange = idRange
        self.result = result
        extent = members.start..<scanner.offset
    }

    private init(id: UInt64, idRange: Range<Int>, result: Range<Int>, extent: Range<Int>) {
        self.id = id
        self.idRange = idRange
        self.result = result
        self.extent = extent
    }

    /// The next value if its members stand in the order of the specification's examples, without spaces, as geth and most others
    /// write them; otherwise `nil`, and nothing is consumed.
    @inline(__always)
    private static func usual(_ scanner: inout FieldScanner) throws(FieldFault) -> PlainResponse? {
        _ = try scanner.next()
        let start = scanner.offset
        guard scanner.take("{\"jsonrpc\":\"2.0\",\"id\":") else { return nil }
        let idStart = scanner.offset - start
        let id = scanner.decimal()
        let idEnd = scanner.offset - start
        guard let id, scanner.take(",\"result\":"), scanner.offset < scanner.count, scanner.byte(scanner.offset) > 0x20 else {
            scanner.offset = start
            return nil
        }
        let resultStart = scanner.offset - start
        try scanner.skip()
        let resultEnd = scanner.offset - start
        guard scanner.take("}") else {
            scanner.offset = start
            return nil
        }
        return PlainResponse(
            id: id, idRange: idStart..<idEnd, result: resultStart..<resultEnd, extent: start..<scanner.offset)
    }

    /// The response in bytes that hold nothing else.
    static func read(_ bytes: ArraySlice<UInt8>) -> PlainResponse? {
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, !buffer.isEmpty else { return nil }
            var scanner = FieldScanner(buffer, UnsafeRawPointer(base))
            do throws(FieldFault) {
                let response = try PlainResponse(&scanner)
                try scanner.end()
                return response?.extent.lowerBound == 0 ? response : nil
            } catch { return nil }  // what is wrong with it is said by `ResponseMembers`
        }
    }

    /// The responses of a body that answers a batch in its order.
    static func read(_ body: [UInt8], to batch: [RPCRequest]) -> [PlainResponse]? {
        body.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, !buffer.isEmpty else { return nil }
            var scanner = FieldScanner(buffer, UnsafeRawPointer(base))
            do throws(FieldFault) {
                var responses: [PlainResponse] = []
                responses.reserveCapacity(batch.count)
                if try scanner.next() == UInt8(ascii: "{") {
                    guard let only = try PlainResponse(&scanner) else { return nil }
                    responses.append(only)
                } else {
                    var members = try scanner.array()
                    while try scanner.nextElement(&members) {
                        guard let next = try PlainResponse(&scanner) else { return nil }
                        responses.append(next)
                    }
                }
                try scanner.end()
                guard responses.count == batch.count else { return nil }
                for index in batch.indices where batch[index].id != responses[index].id { return nil }
                return responses
            } catch { return nil }  // what is wrong with it is said by `RPCBody.split`
        }
    }
}

extension FieldScanner {
    /// Whether these bytes come next, which are then consumed.
    @inline(__always)
    fileprivate mutating func take(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard offset + length <= count else { return false }
        let wanted = UnsafeRawPointer(text.utf8Start)
        var index = 0
        while index + 8 <= length {
            guard
                base.loadUnaligned(fromByteOffset: offset + index, as: UInt64.self)
                    == wanted.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            else { return false }
            index += 8
        }
        while index < length {
            guard byte(offset + index) == wanted.load(fromByteOffset: index, as: UInt8.self) else { return false }
            index += 1
        }
        offset += length
        return true
    }

    /// An integer below 10^18 in plain decimal digits, which is consumed; `nil` for anything else.
    fileprivate mutating func decimal() -> UInt64? {
        var value: UInt64 = 0
        let start = offset
        while offset < count, offset - start < 18, byte(offset) >= 0x30, byte(offset) <= 0x39 {
            value = value * 10 + UInt64(byte(offset) - 0x30)
            offset += 1
        }
        guard offset > start, offset - start == 1 || byte(start) != 0x30 else { return nil }
        // What follows is checked by whoever reads on: a fraction or an exponent is no comma and no brace.
        return value
    }

    /// Whether the next value is "2.0", which is then consumed.
    fileprivate mutating func version() -> Bool {
        guard offset + 5 <= count, byte(offset) == UInt8(ascii: "\""), byte(offset + 1) == UInt8(ascii: "2"),
            byte(offset + 2) == UInt8(ascii: "."), byte(offset + 3) == UInt8(ascii: "0"), byte(offset + 4) == UInt8(ascii: "\"")
        else { return false }
        offset += 5
        return true
    }
}
