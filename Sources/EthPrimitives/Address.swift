/// A 20-byte account id.
@frozen
public struct Address: Sendable, Hashable, Comparable {
    public var word: FixedBytes<20>

    @inlinable
    public init(_ word: FixedBytes<20>) { self.word = word }

    /// Takes exactly 20 bytes, `nil` for any other length.
    public init?(_ bytes: some Collection<UInt8>) {
        guard let word = FixedBytes<20>(bytes) else { return nil }
        self.word = word
    }

    /// The last 20 bytes of a 32-byte word, whatever precedes them (an indexed topic, a packed slot).
    public init(lowBytesOf word: B256) {
        self.word = FixedBytes<20>(unsafeFilledBy: { out in
            word.withUnsafeBytes { out.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[12...])) }
        })
    }

    public static let zero = Address(FixedBytes<20>())

    public var bytes: [UInt8] { word.bytes }
    public static func < (a: Self, b: Self) -> Bool { a.word < b.word }
}

/// Why a text is not an address.
public enum AddressError: Error, Equatable, Sendable, CustomStringConvertible {
    case hex(HexError)
    case wrongChecksum(expected: String)

    public var description: String {
        switch self {
        case .hex(.wrongLength(let bytes, _)): "expected an address of 20 bytes, got \(bytes)"
        case .hex(let error): "expected an address: \(error)"
        case .wrongChecksum(let expected): "wrong EIP-55 checksum, expected \(expected)"
        }
    }
}

extension Address: CustomStringConvertible {
    /// Parses an address: all lower or all upper case is taken as it is, mixed case must carry the checksum of EIP-55.
    public init(hex text: String) throws(AddressError) {
        do {
            word = try FixedBytes<20>(hex: text)
        } catch {
            throw .hex(error)
        }
        let letters = text.utf8.dropFirst(2).filter { $0 > 0x39 }
        let mixed = letters.contains { $0 >= 0x61 } && letters.contains { $0 < 0x61 }
        if mixed, text != description { throw .wrongChecksum(expected: description) }
    }

    /// Lower-case hexadecimal, the form of wire requests.
    public var hex: String { word.description }

    /// The checksummed form of EIP-55.
    public var description: String {
        let lower = Array(Hex.encodeUnprefixed(bytes).utf8)
        let hash = Keccak256.hash(lower)
        var out = Array("0x".utf8)
        for (index, character) in lower.enumerated() {
            let nibble = hash[index / 2] >> (index % 2 == 0 ? 4 : 0) & 15
            out.append(character > 0x39 && nibble >= 8 ? character - 32 : character)
        }
        return String(decoding: out, as: UTF8.self)
    }
}

extension Address: Codable {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(hex: container.decode(String.self))
        } catch let error as AddressError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }
}
