internal import EthCodec
internal import EthPrimitives

/// Writes the canonical form of a request straight from its parameters: a replay does nothing as often.
struct CanonicalWriter {
    private var writer = JSONWriter()
    /// Where the last parameter ends that says something: absent, null and {} behind it say nothing.
    private var significant = 0
    private var isFirst = true

    init() {
        writer.reserveCapacity(256)
        writer.writeRaw("[")
        significant = 1
    }

    mutating func writeParameter(_ value: JSON, _ kind: ParameterKind) {
        if !isFirst { writer.writeRaw(",") }
        isFirst = false
        let start = writer.bytes.count
        if case .null = value { writer.writeRaw("{}") } else { write(value, kind) }
        if writer.bytes.count > start + 2 || writer.bytes[start] != UInt8(ascii: "{") { significant = writer.bytes.count }
    }

    consuming func finish() -> [UInt8] { writer.bytes[..<significant] + [UInt8(ascii: "]")] }

    private mutating func write(_ value: JSON, _ kind: ParameterKind) {
        switch (kind, value) {
        case (.block, .object(let members)):
            write(members.filter { $0.name != "requireCanonical" || $0.value != false })
        case (.block, .string(let text)) where text.utf8.count == 66:  // a hash, with its leading zeros
            writer.writeRaw("{\"blockHash\":")
            write(lowered: text)
            writer.writeRaw("}")
        case (.quantity, _), (.slotKey, _), (.block, _): write(quantity: value)
        case (.slotKeys, .array(let keys)): write(keys) { (writer, key) in writer.write(quantity: key) }
        case (.call, .object(let members)):
            write(members.contains { $0.name == "input" } ? members.map(Self.renamed) : members) { writer, member in
                if Self.callQuantities.contains(member.name) {
                    writer.write(quantity: member.value)
                } else {
                    writer.write(plain: member.value)
                }
            }
        case (.blockOverrides, .object(let members)): write(members) { writer, member in writer.write(quantity: member.value) }
        case (.logFilter, .object(let members)):
            write(members.filter { !Self.isAny($0) }) { writer, member in writer.write(filter: member) }
        default: write(plain: value)
        }
    }

    private static let callQuantities: Set = [
        "gas", "gasPrice", "value", "nonce", "maxFeePerGas", "maxPriorityFeePerGas", "type", "chainId",
    ]

    private static func renamed(_ member: JSON.Member) -> JSON.Member {
        member.name == "input" ? JSON.Member("data", member.value) : member
    }

    // MARK: Log filters

    private static func isAny(_ member: JSON.Member) -> Bool {
        member.value == [] && (member.name == "address" || member.name == "topics")
    }

    private mutating func write(filter member: JSON.Member) {
        switch (member.name, member.value) {
        case ("address", let addresses): write(anyOf: addresses)
        // Each position says that there must be a topic, any where it is null or empty.
        case ("topics", .array(let positions)):
            write(positions) { writer, position in writer.write(anyOf: position == .null ? [] : position) }
        case ("fromBlock", let block), ("toBlock", let block): write(quantity: block)
        default: write(plain: member.value)
        }
    }

    /// One value or any of several, in whichever order.
    private mutating func write(anyOf value: JSON) {
        let texts = (value.array ?? [value]).map { element in
            var part = CanonicalWriter()
            part.write(plain: element)
            return part.writer.bytes.dropFirst()
        }
        for (index, text) in texts.sorted(by: { $0.lexicographicallyPrecedes($1) }).enumerated() {
            writer.writeRaw(index == 0 ? "[" : ",")
            writer.writeRaw(text)
        }
        writer.writeRaw(texts.isEmpty ? "[]" : "]")
    }

    // MARK: Values

    private mutating func write(_ elements: [JSON], _ one: (inout Self, JSON) -> Void) {
        writer.writeRaw("[")
        for index in elements.indices {
            if index > 0 { writer.writeRaw(",") }
            one(&self, elements[index])
        }
        writer.writeRaw("]")
    }

    /// Members by name, without those that are null.
    private mutating func write(
        _ members: [JSON.Member],
        _ one: (inout Self, JSON.Member) -> Void = { writer, member in writer.write(plain: member.value) }
    ) {
        // The few members of most objects are in order, or nearly.
        let isSorted = zip(members, members.dropFirst()).allSatisfy { $0.name <= $1.name }
        let members = isSorted ? members : members.sorted { $0.name < $1.name }
        var isFirst = true
        writer.writeRaw("{")
        for index in members.indices {
            if case .null = members[index].value { continue }
            if !isFirst { writer.writeRaw(",") }
            isFirst = false
            writer.write(members[index].name)
            writer.writeRaw(":")
            one(&self, members[index])
        }
        writer.writeRaw("}")
    }

    /// Lower-case hexadecimal; members without a value left out.
    private mutating func write(plain value: JSON) {
        switch value {
        case .string(let text):
            if text.utf8.starts(with: "0x".utf8) || text.utf8.starts(with: "0X".utf8) {
                write(lowered: text)
            } else {
                writer.write(text)
            }
        case .array(let elements): write(elements) { writer, element in writer.write(plain: element) }
        case .object(let members): write(members)
        default: writer.write(value)
        }
    }

    private mutating func write(lowered text: String) {
        let start = writer.bytes.count
        writer.write(text)
        writer.lower(from: start)
    }

    /// A number or hexadecimal of any padding as a minimal quantity; tags stay.
    private mutating func write(quantity value: JSON) {
        switch value {
        case .number(let digits): writer.write(UInt256(digits).map(Quantity.encode) ?? value)
        case .string(let text):
            guard text.utf8.count <= 66, text.utf8.starts(with: "0x".utf8) || text.utf8.starts(with: "0X".utf8) else {
                return write(lowered: text)
            }
            let digits = text.utf8.dropFirst(2).drop { $0 == UInt8(ascii: "0") }
            write(lowered: digits.isEmpty ? "0x0" : digits.count + 2 == text.utf8.count ? text : "0x" + String(Substring(digits)))
        default: write(plain: value)
        }
    }
}
