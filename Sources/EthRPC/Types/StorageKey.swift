public import EthCodec
public import EthPrimitives

/// A place in a contract's storage, in one of the spellings that nodes take.
public enum StorageKey: Sendable, Hashable {
    /// A number, as a minimal quantity.
    case slot(UInt256)
    /// A number with zeros before it, up to so many digits: fewer than 64, which are a word.
    case padded(UInt256, digits: Int)
    /// All 32 bytes, as of a hashed place.
    case word(B256)

    public var json: JSON {
        switch self {
        case .slot(let slot): Quantity.encode(slot)
        case .padded(let slot, let digits):
            .string(
                "0x" + String(repeating: "0", count: max(0, digits + 2 - slot.hexQuantity.utf8.count))
                    + slot.hexQuantity.dropFirst(2))
        case .word(let word): .string(word.description)
        }
    }

    public init(_ reader: FieldReader) throws(RPCError) {
        let text = reader.json.string ?? ""
        let digits = text.utf8.count - 2
        // What is no word is read as a number, whose error is thrown.
        if digits == 64, let word = try? reader.b256() {
            self = .word(word)
        } else if digits > 1, digits < 64, text.hasPrefix("0x0"), let slot = Quantity.parse("0x" + Self.significant(text)) {
            self = .padded(slot, digits: digits)
        } else {
            self = .slot(try reader.quantity())
        }
    }

    private static func significant(_ text: String) -> Substring {
        let digits = text.dropFirst(2).drop { $0 == "0" }
        return digits.isEmpty ? "0" : digits
    }
}
