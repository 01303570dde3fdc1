internal import EthCodec
internal import EthPrimitives
internal import EthTransactions

/// Members of a transaction object, in the dialect of nodes or in the wider one of people's own tools.
///
/// In both, `gas` may be called `gasLimit`, and `input` `data`. In the wider one, numbers may also be decimal strings, JSON
/// integers or hexadecimal with leading zeros, a number that is left out counts as zero, and addresses of mixed case must carry
/// their checksum (EIP-55).
struct TransactionFieldReader {
    let reader: FieldReader
    let lenient: Bool

    /// The member under one of its names; names that are both there must agree.
    func optional(_ names: String...) throws(RPCError) -> FieldReader? { try agreed(names) }

    private func agreed(_ names: [String]) throws(RPCError) -> FieldReader? {
        var found: FieldReader?
        for name in names {
            guard let field = try reader.optional(name) else { continue }
            if let found, found.json != field.json { throw field.expected("the same value as in \(found.path)") }
            found = field
        }
        return found
    }

    /// The first member that is there.
    func first(_ names: String...) throws(RPCError) -> FieldReader {
        for name in names { if let field = try reader.optional(name) { return field } }
        return try reader.member(names[0])
    }

    /// Whether any of the members is there.
    func has(_ names: String...) throws(RPCError) -> Bool {
        for name in names where try reader.optional(name) != nil { return true }
        return false
    }

    func number(_ names: String...) throws(RPCError) -> UInt256 {
        if let field = try agreed(names) { return try number(field) }
        return lenient ? .zero : try number(reader.member(names[0]))
    }

    func number64(_ names: String...) throws(RPCError) -> UInt64 {
        if let field = try agreed(names) { return try number64(field) }
        return lenient ? 0 : try number64(reader.member(names[0]))
    }

    func number64(_ field: FieldReader) throws(RPCError) -> UInt64 {
        guard let value = try number(field).asUInt64 else { throw field.expected("a quantity below 2^64") }
        return value
    }

    func number(_ field: FieldReader) throws(RPCError) -> UInt256 {
        guard lenient else { return try field.quantity() }
        guard let value = Self.lenientNumber(field.json) else {
            throw field.expected("a number below 2^256: 0x hexadecimal, decimal string or JSON integer")
        }
        return value
    }

    /// r or s: a quantity, or 32 bytes, as some nodes write them.
    func scalar(_ field: FieldReader) throws(RPCError) -> UInt256 {
        // 32 bytes have the 66 characters that only the longest quantities have, which read the same either way.
        if field.json.string?.utf8.count == 66 { return UInt256(bigEndian: try field.b256()) }
        return try number(field)
    }

    func address(_ field: FieldReader) throws(RPCError) -> Address {
        guard lenient else { return try field.address() }
        guard let text = field.json.string else { throw field.expected("an address of 20 bytes") }
        do { return try Address(hex: text) } catch { throw field.expected("an address (\(error))") }
    }

    /// `nil` where a contract is created.
    func recipient() throws(RPCError) -> Address? {
        guard let field = try reader.optional("to") else { return nil }
        if lenient, let text = field.json.string, text.isEmpty || text == "0x" { return nil }
        return try address(field)
    }

    func data() throws(RPCError) -> [UInt8] {
        if let field = try optional("input", "data") { return try field.bytes() }
        return lenient ? [] : try reader.member("input").bytes()
    }

    func hashes(_ name: String) throws(RPCError) -> [B256] {
        var hashes: [B256] = []
        let field = lenient ? try reader.optional(name) : try reader.member(name)
        for hash in try field?.elements() ?? [] { hashes.append(try hash.b256()) }
        return hashes
    }

    /// The announced accounts and slots; some old answers leave an empty list out.
    func accessList() throws(RPCError) -> AccessList {
        var list = AccessList()
        for entry in try reader.optional("accessList")?.elements() ?? [] {
            var keys: [B256] = []
            for key in try entry.member("storageKeys").elements() { keys.append(try key.b256()) }
            list.entries.append(.init(address: try address(entry.member("address")), storageKeys: keys))
        }
        return list
    }

    private static func lenientNumber(_ json: JSON) -> UInt256? {
        switch json {
        case .number(let digits): return decimal(digits)
        case .string(let text):
            guard text.utf8.starts(with: "0x".utf8) else { return decimal(text) }
            let digits = text.utf8.dropFirst(2)
            guard digits.allSatisfy({ Hex.value($0) != nil }) else { return nil }
            let significant = digits.drop { $0 == 0x30 }
            // `0x` alone is how some libraries write zero.
            return significant.isEmpty ? .zero : Quantity.parse("0x" + String(decoding: significant, as: UTF8.self))
        default: return nil
        }
    }

    private static func decimal(_ text: String) -> UInt256? {
        guard !text.isEmpty, text.utf8.count <= 78, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return UInt256(text)
    }
}
