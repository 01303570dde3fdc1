public import EthCodec
public import EthPrimitives

/// A place in a contract's storage, in one of the two spellings that nodes take; they answer in the same.
public enum StorageKey: Sendable, Hashable {
    /// A number, as a minimal quantity.
    case slot(UInt256)
    /// All 32 bytes, as of a hashed place.
    case word(B256)

    public var json: JSON {
        switch self {
        case .slot(let slot): Quantity.encode(slot)
        case .word(let word): .string(word.description)
        }
    }

    public init(_ reader: FieldReader) throws(RPCError) {
        // What is no word is read as a number, whose error is thrown.
        if reader.json.string?.utf8.count == 66, let word = try? reader.b256() {
            self = .word(word)
        } else {
            self = .slot(try reader.quantity())
        }
    }
}
