public import EthCodec
public import EthPrimitives

/// Reads members of a node's answer strictly; each error names the field, the value and what was expected.
public struct FieldReader: Sendable {
    public let json: JSON
    /// Where in the answer this value stands, such as `logs[3].topics`.
    public let path: String

    public init(_ json: JSON, path: String) {
        self.json = json
        self.path = path
    }

    /// The error for a value of another form.
    public func expected(_ what: String) -> RPCError {
        RPCError(.malformedResult, "\(path): expected \(what), got \(NodeText.excerpt(json.description))")
    }

    /// A member that must be there.
    public func member(_ name: String) throws(RPCError) -> FieldReader {
        guard json.members != nil else { throw expected("an object") }
        guard let value = json[name] else {
            throw RPCError(.malformedResult, "\(path).\(name): expected a value, the field is missing")
        }
        return FieldReader(value, path: "\(path).\(name)")
    }

    /// A member that may be absent or null.
    public func optional(_ name: String) throws(RPCError) -> FieldReader? {
        guard json.members != nil else { throw expected("an object") }
        guard let value = json[name], value != .null else { return nil }
        return FieldReader(value, path: "\(path).\(name)")
    }

    public func elements() throws(RPCError) -> [FieldReader] {
        guard let array = json.array else { throw expected("an array") }
        return array.enumerated().map { FieldReader($1, path: "\(path)[\($0)]") }
    }

    /// A `Quantity`: minimal `0x` hexadecimal, at most 256 bits.
    public func quantity() throws(RPCError) -> UInt256 {
        guard let text = json.string, let value = Quantity.parse(text) else {
            throw expected("a quantity (0x hexadecimal without leading zeros)")
        }
        return value
    }

    /// A `Quantity` of at most 64 bits.
    public func uint64() throws(RPCError) -> UInt64 {
        guard let value = try quantity().asUInt64 else { throw expected("a quantity below 2^64") }
        return value
    }

    /// A block height: arithmetic on heights is safe below this bound, and no chain comes near it.
    public func height() throws(RPCError) -> UInt64 {
        let value = try uint64()
        guard value < 1 << 53 else { throw expected("a block number below 2^53") }
        return value
    }

    /// Unix seconds, before the year 36,812.
    public func seconds() throws(RPCError) -> UInt64 {
        let value = try uint64()
        guard value < 1 << 40 else { throw expected("unix seconds below 2^40") }
        return value
    }

    public func wei() throws(RPCError) -> Wei { Wei(try quantity()) }

    /// `Bytes`: `0x` hexadecimal with an even number of digits.
    public func bytes() throws(RPCError) -> [UInt8] {
        guard let text = json.string else { throw expected("0x bytes") }
        do { return try Hex.decode(text) } catch { throw expected("0x bytes (\(error))") }
    }

    public func b256() throws(RPCError) -> B256 {
        guard let word = B256(try bytes()) else { throw expected("32 bytes") }
        return word
    }

    public func address() throws(RPCError) -> Address {
        guard let address = Address(try bytes()) else { throw expected("an address of 20 bytes") }
        return address
    }

    public func text() throws(RPCError) -> String {
        guard let text = json.string else { throw expected("a string") }
        return text
    }

    public func bool() throws(RPCError) -> Bool {
        guard let value = json.bool else { throw expected("true or false") }
        return value
    }
}

/// Quantities of JSON-RPC: `0x` hexadecimal, lower or upper case, no leading zeros, `0x0` for zero.
public enum Quantity {
    public static func parse(_ text: String) -> UInt256? {
        var text = text
        return text.withUTF8 { digits in
            guard digits.count >= 3, digits.count <= 66, digits[0] == 0x30, digits[1] == 0x78 else { return nil }
            guard digits[2] != 0x30 || digits.count == 3 else { return nil }
            var limbs: InlineArray<4, UInt64> = [0, 0, 0, 0]
            var shift = 0
            for digit in digits[2...].reversed() {
                guard let nibble = Hex.value(digit) else { return nil }
                limbs[shift >> 6] |= UInt64(nibble) << UInt64(shift & 63)
                shift += 4
            }
            return UInt256(limbs: limbs[0], limbs[1], limbs[2], limbs[3])
        }
    }

    public static func encode(_ value: UInt64) -> JSON { .string("0x" + String(value, radix: 16)) }
    public static func encode(_ value: UInt256) -> JSON { .string(value.hexQuantity) }
}
