import EthCodec
import EthPrimitives
import EthRPC

/// The parameters of a request, read as strictly as geth does and with its words.
struct Parameters {
    let values: [JSON]

    /// A parameter that may be left out.
    func optional(_ index: Int) -> JSON? {
        guard index < values.count, values[index] != .null else { return nil }
        return values[index]
    }

    subscript(index: Int) -> ParameterReader { ParameterReader(json: optional(index) ?? .null, index: index) }

    /// Which block is meant; without the parameter, the newest.
    func block(_ index: Int) throws(RPCError) -> BlockReference {
        try optional(index).map { (json) throws(RPCError) in try ParameterReader(json: json, index: index).block() } ?? .latest
    }

    func flag(_ index: Int) throws(RPCError) -> Bool {
        guard let flag = values[index].bool else {
            throw NodeAnswer.invalid(index, "json: cannot unmarshal non-bool into Go value of type bool")
        }
        return flag
    }
}

/// One value among the parameters.
struct ParameterReader {
    let json: JSON
    /// Of the parameter that it stands in.
    let index: Int
    /// What Go calls the place, such as `TransactionArgs.gas`; `nil` for a parameter itself.
    var field: String?

    private func into(_ type: String) -> String {
        field.map { "struct field \($0) of type \(type)" } ?? "value of type \(type)"
    }

    private func unreadable(_ what: String, _ type: String) -> RPCError {
        NodeAnswer.invalid(index, "json: cannot unmarshal \(what) into Go \(into(type))")
    }

    /// The digits behind `0x`.
    private func digits(_ type: String) throws(RPCError) -> Substring {
        guard let text = json.string else { throw unreadable("non-string", type) }
        guard text.hasPrefix("0x") || text.hasPrefix("0X") else { throw unreadable("hex string without 0x prefix", type) }
        return text.dropFirst(2)
    }

    private static func isHex(_ digits: Substring) -> Bool { digits.utf8.allSatisfy { Hex.value($0) != nil } }

    // MARK: Numbers

    func uint64() throws(RPCError) -> UInt64 {
        let type = "hexutil.Uint64"
        guard let small = try quantity(type).asUInt64 else { throw unreadable("hex number > 64 bits", type) }
        return small
    }

    func uint256() throws(RPCError) -> UInt256 { try quantity("hexutil.Big") }
    func wei() throws(RPCError) -> Wei { Wei(try uint256()) }

    private func quantity(_ type: String) throws(RPCError) -> UInt256 {
        let digits = try digits(type)
        guard !digits.isEmpty else { throw unreadable("hex string \"0x\"", type) }
        guard Self.isHex(digits) else { throw unreadable("invalid hex string", type) }
        guard digits.count == 1 || digits.first != "0" else { throw unreadable("hex number with leading zero digits", type) }
        guard let value = Quantity.parse("0x" + digits) else { throw unreadable("hex number > 256 bits", type) }
        return value
    }

    // MARK: Bytes

    func bytes() throws(RPCError) -> [UInt8] {
        let type = "hexutil.Bytes"
        let digits = try digits(type)
        guard digits.utf8.count % 2 == 0 else { throw unreadable("hex string of odd length", type) }
        do { return try Hex.decode("0x" + digits) } catch { throw unreadable("invalid hex string", type) }
    }

    private func fixed(_ size: Int, _ type: String) throws(RPCError) -> [UInt8] {
        let digits = try digits("common.\(type)")
        guard digits.utf8.count == 2 * size else {
            throw NodeAnswer.invalid(
                index, "hex string has length \(digits.utf8.count), want \(2 * size) for common.\(type)")
        }
        do { return try Hex.decode("0x" + digits) } catch { throw unreadable("invalid hex string", "common.\(type)") }
    }

    func address() throws(RPCError) -> Address { Address(try fixed(20, "Address")) ?? .zero }
    func hash() throws(RPCError) -> B256 { B256(try fixed(32, "Hash")) ?? B256() }

    /// A storage key, where geth is lenient: short, with leading zeros, even without 0x.
    func slot() throws(RPCError) -> UInt256 {
        guard let text = json.string else {
            throw NodeAnswer.invalid(index, "json: cannot unmarshal non-string into Go value of type string")
        }
        let digits = text.hasPrefix("0x") || text.hasPrefix("0X") ? text.dropFirst(2) : text[...]
        guard digits.utf8.count <= 64 else {
            throw NodeAnswer.failure("unable to decode storage key: hex string too long, want at most 32 bytes")
        }
        guard Self.isHex(digits) else { throw NodeAnswer.failure("unable to decode storage key: hex string invalid") }
        let significant = digits.drop { $0 == "0" }
        return significant.isEmpty ? .zero : Quantity.parse("0x" + significant) ?? .zero
    }

    // MARK: Blocks

    /// A tag, a number, a hash, or the object of EIP-1898.
    func block() throws(RPCError) -> BlockReference {
        if json.members != nil { return try pinned() }
        switch json.string {
        case "latest": return .latest
        case "pending": return .pending
        case "safe": return .safe
        case "finalized": return .finalized
        case "earliest": return .earliest
        case let text? where text.utf8.count == 66: return .bareHash(try hash())
        default: return .number(try height())
        }
    }

    private func pinned() throws(RPCError) -> BlockReference {
        let (hash, number) = (json["blockHash"], json["blockNumber"])
        if let hash, hash != .null {
            guard number == nil || number == .null else {
                throw NodeAnswer.invalid(index, "cannot specify both BlockHash and BlockNumber, choose one or the other")
            }
            let value = try ParameterReader(json: hash, index: index).hash()
            return json["requireCanonical"]?.bool == true ? .canonicalHash(value) : .hash(value)
        }
        guard let number, number != .null else {
            throw NodeAnswer.invalid(index, "cannot unmarshal object without blockHash or blockNumber")
        }
        return try ParameterReader(json: number, index: index).block()
    }

    /// A block number, whose errors are shorter than those of other quantities.
    private func height() throws(RPCError) -> UInt64 {
        guard let text = json.string, text.hasPrefix("0x") else {
            throw NodeAnswer.invalid(index, "hex string without 0x prefix")
        }
        let digits = text.dropFirst(2)
        guard !digits.isEmpty else { throw NodeAnswer.invalid(index, "hex string \"0x\"") }
        guard Self.isHex(digits) else { throw NodeAnswer.invalid(index, "invalid hex string") }
        guard digits.count == 1 || digits.first != "0" else {
            throw NodeAnswer.invalid(index, "hex number with leading zero digits")
        }
        guard let number = UInt64(digits, radix: 16), number < 1 << 63 else {
            throw NodeAnswer.invalid(index, "block number larger than int64")
        }
        return number
    }

    /// A member of an object, under the name that Go has for the object.
    func member(_ name: String, of type: String) -> ParameterReader? {
        guard let value = json[name], value != .null else { return nil }
        return ParameterReader(json: value, index: index, field: "\(type).\(name)")
    }

    /// The members of an object.
    /// - Parameters:
    ///   - type: what Go calls it.
    ///   - names: what it may have; others are refused, as a misspelt one would not be noticed (geth passes over them).
    func requireObject(_ type: String, names: Set<String>) throws(RPCError) {
        guard let members = json.members else {
            throw NodeAnswer.invalid(index, "json: cannot unmarshal non-object into Go value of type \(type)")
        }
        if let odd = members.map(\.name).filter({ !names.contains($0) }).min() {
            throw NodeAnswer.invalid(index, "json: unknown field \"\(odd)\"")
        }
    }

    /// The elements of an array.
    func elements() throws(RPCError) -> [ParameterReader] {
        guard let array = json.array else {
            throw NodeAnswer.invalid(
                index, "json: cannot unmarshal non-array into Go \(field.map { "struct field \($0)" } ?? "value")")
        }
        return array.map { ParameterReader(json: $0, index: index, field: field) }
    }
}
