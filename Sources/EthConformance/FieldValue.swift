internal import EthCodec
internal import EthPrimitives

/// A value of a test file, and where it stands. Numbers are written in more ways than in JSON-RPC: with leading zeros, as `0x` for zero,
/// and beyond 256 bits.
struct FieldValue {
    let json: JSON
    /// The file, for errors.
    let file: String
    let place: String

    func expected(_ what: String) -> ConformanceError {
        let text = json.description
        let excerpt = text.utf8.count <= 80 ? text : text.prefix(60) + "…"
        return ConformanceError(file: file, place: place, problem: "expected \(what), got \(excerpt)")
    }

    private func inner(_ json: JSON, _ name: String) -> FieldValue {
        FieldValue(json: json, file: file, place: place.isEmpty ? name : "\(place).\(name)")
    }

    func members() throws(ConformanceError) -> [(name: String, value: FieldValue)] {
        guard let members = json.members else { throw expected("an object") }
        return members.map { ($0.name, inner($0.value, $0.name)) }
    }

    /// `nil` if it is absent or null.
    func optional(_ name: String) throws(ConformanceError) -> FieldValue? {
        guard json.members != nil else { throw expected("an object") }
        guard let value = json[name], value != .null else { return nil }
        return inner(value, name)
    }

    func member(_ name: String) throws(ConformanceError) -> FieldValue {
        guard let value = try optional(name) else {
            throw ConformanceError(file: file, place: place, problem: "\"\(name)\" is missing")
        }
        return value
    }

    func elements() throws(ConformanceError) -> [FieldValue] {
        guard let array = json.array else { throw expected("an array") }
        return array.enumerated().map { FieldValue(json: $1, file: file, place: "\(place)[\($0)]") }
    }

    func text() throws(ConformanceError) -> String {
        guard let text = json.string else { throw expected("a string") }
        return text
    }

    /// A number in `0x` hexadecimal; `nil` above 256 bits, where no transaction can hold it.
    func number() throws(ConformanceError) -> UInt256? {
        let bigInteger = "0x:bigint "
        var text = try text()
        if text.hasPrefix(bigInteger) { text.removeFirst(bigInteger.count) }
        guard text.hasPrefix("0x"), text.utf8.dropFirst(2).allSatisfy({ Hex.value($0) != nil }) else {
            throw expected("a number in 0x hexadecimal")
        }
        let digits = text.utf8.dropFirst(2).drop { $0 == UInt8(ascii: "0") }
        guard digits.count <= 64 else { return nil }
        return digits.reduce(UInt256.zero) { $0 &<< UInt256(4 as UInt64) | UInt256(UInt64(Hex.value($1) ?? 0)) }
    }

    func uint256() throws(ConformanceError) -> UInt256 {
        guard let number = try number() else { throw expected("a number below 2^256") }
        return number
    }

    func uint64() throws(ConformanceError) -> UInt64 {
        guard let number = try uint256().asUInt64 else { throw expected("a number below 2^64") }
        return number
    }

    func wei() throws(ConformanceError) -> Wei { Wei(try uint256()) }

    func bytes() throws(ConformanceError) -> [UInt8] {
        let text = try text()
        do throws(HexError) { return try Hex.decode(text) } catch { throw expected("0x bytes (\(error))") }
    }

    func b256() throws(ConformanceError) -> B256 {
        guard let word = B256(try bytes()) else { throw expected("32 bytes") }
        return word
    }

    func address() throws(ConformanceError) -> Address {
        guard let address = Address(try bytes()) else { throw expected("an address of 20 bytes") }
        return address
    }

    /// A position in a list.
    func index() throws(ConformanceError) -> Int {
        guard let value = json.uint64, value < 1 << 31 else { throw expected("an index") }
        return Int(value)
    }

    /// The name of the member as a value, for objects whose names are addresses or slots.
    func name(_ name: String) -> FieldValue { FieldValue(json: .string(name), file: file, place: place) }
}
