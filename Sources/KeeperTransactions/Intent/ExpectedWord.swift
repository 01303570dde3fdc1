public import EthPrimitives

/// What a word of storage must hold after the block of the receipt: word & mask == value.
public struct ExpectedWord: Sendable, Hashable {
    public let place: StorageSlot
    /// The bits that count; several values may share a word.
    public let mask: B256
    /// No bit outside the mask is set.
    public let value: B256

    /// - Parameters:
    ///   - mask: all bits unless given.
    ///   - value: its bits outside the mask do not count, and are dropped.
    public init(_ place: StorageSlot, mask: B256 = Self.everyBit, value: B256) {
        self.place = place
        self.mask = mask
        self.value = Self.masked(value, mask)
    }

    /// A mask under which the whole word counts.
    public static let everyBit = {
        var mask = B256()
        for index in 0..<32 { mask[index] = 0xFF }
        return mask
    }()

    public func isShown(by word: B256) -> Bool { Self.masked(word, mask) == value }

    private static func masked(_ word: B256, _ mask: B256) -> B256 {
        var result = word
        for index in 0..<32 { result[index] &= mask[index] }
        return result
    }
}
