/// A byte string of fixed length, such as a hash, an address or a selector.
@frozen
public struct FixedBytes<let count: Int>: Sendable {
    @usableFromInline var storage: InlineArray<count, UInt8>

    /// All bytes zero.
    @inlinable
    public init() { storage = InlineArray(repeating: 0) }

    /// Takes exactly `count` bytes, `nil` for any other length.
    @inlinable
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == count else { return nil }
        self.init()
        var index = 0
        for byte in bytes {
            storage[index] = byte
            index += 1
        }
    }

    /// Lets `fill` write the bytes in place; `fill` must write all of them.
    @inlinable
    public init(unsafeFilledBy fill: (UnsafeMutableRawBufferPointer) -> Void) {
        self.init()
        withUnsafeMutableBytes(of: &storage) { fill($0) }
    }

    /// The bytes as an array.
    @inlinable
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    @inlinable
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try Swift.withUnsafeBytes(of: storage) { try body($0) }
    }

    @inlinable
    public subscript(index: Int) -> UInt8 {
        get { storage[index] }
        set { storage[index] = newValue }
    }

    /// Whether every byte is zero.
    @inlinable
    public var isZero: Bool { withUnsafeBytes { $0.allSatisfy { $0 == 0 } } }
}

extension FixedBytes: Hashable, Comparable {
    @inlinable
    public static func == (a: Self, b: Self) -> Bool {
        a.withUnsafeBytes { a in
            b.withUnsafeBytes { b in
                var difference: UInt64 = 0
                var index = 0
                while count &- index >= 8 {
                    difference |=
                        a.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                        ^ b.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    index &+= 8
                }
                while index < count {
                    difference |= UInt64(truncatingIfNeeded: a[index] ^ b[index])
                    index &+= 1
                }
                return difference == 0
            }
        }
    }

    @inlinable
    public func hash(into hasher: inout Hasher) { withUnsafeBytes { hasher.combine(bytes: $0) } }

    /// Order of the big-endian numbers that the bytes spell.
    @inlinable
    public static func < (a: Self, b: Self) -> Bool {
        for index in 0..<count where a.storage[index] != b.storage[index] { return a.storage[index] < b.storage[index] }
        return false
    }
}

extension FixedBytes: CustomStringConvertible {
    /// Lower-case hexadecimal with prefix.
    @inlinable
    public var description: String { withUnsafeBytes { Hex.text(of: $0, prefix: true) } }

    /// Parses exactly `count` bytes of `0x` hexadecimal.
    /// - Throws: `HexError` naming what is wrong.
    @inlinable
    public init(hex text: String) throws(HexError) {
        self.init()
        if let error = withUnsafeMutableBytes(of: &storage, { Hex.decode(text, into: $0) }) { throw error }
    }
}

extension FixedBytes: Codable {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            try self.init(hex: container.decode(String.self))
        } catch let error as HexError {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }
}

/// A 32-byte word.
public typealias B256 = FixedBytes<32>
/// Hash of a block header.
public typealias BlockHash = B256
/// Hash of a transaction's wire form.
public typealias TransactionHash = B256
/// The first four bytes of the Keccak-256 hash of a function or error signature.
public typealias Selector = FixedBytes<4>

extension FixedBytes where count == 32 {
    /// ASCII text padded on the right with zeros, as Maker writes names of collateral types; `nil` above 32 bytes or outside ASCII.
    public init?(ascii text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= 32, bytes.allSatisfy({ $0 < 128 }) else { return nil }
        self.init()
        for (index, byte) in bytes.enumerated() { storage[index] = byte }
    }

    /// The text before the padding, if it is printable ASCII.
    public var ascii: String? {
        let text = bytes.prefix { $0 != 0 }
        guard bytes.dropFirst(text.count).allSatisfy({ $0 == 0 }), text.allSatisfy({ $0 >= 32 && $0 < 127 }) else { return nil }
        return String(decoding: text, as: UTF8.self)
    }
}
