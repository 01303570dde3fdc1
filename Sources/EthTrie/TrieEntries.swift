internal import EthCodec
internal import EthPrimitives

/// What a trie is built from: keys and values one behind the other in one buffer, so that sorting moves small records only.
struct TrieEntries {
    /// Where a key and its value stand.
    struct Entry {
        /// The key's first eight bytes, zeros behind a shorter one: most comparisons need no more.
        let prefix: UInt64
        let keyStart: Int
        let keyCount: Int
        let valueCount: Int

        var valueStart: Int { keyStart &+ keyCount }
    }

    private(set) var bytes: [UInt8] = []
    private(set) var entries: [Entry] = []

    init(reserving count: Int) {
        entries.reserveCapacity(count)
        // A hash and a small value.
        bytes.reserveCapacity(count &* 72)
    }

    mutating func append(key: [UInt8], value: [UInt8]) { key.withUnsafeBytes { append($0, value) } }

    mutating func append(key: B256, value: [UInt8]) { key.withUnsafeBytes { append($0, value) } }

    /// A member of a list.
    mutating func append(index: Int, value: [UInt8]) {
        append(key: RLPEncoder.encode(.integer(UInt64(index))), value: value)
    }

    private mutating func append(_ key: UnsafeRawBufferPointer, _ value: [UInt8]) {
        var prefix: UInt64 = 0
        for byte in key.prefix(8) { prefix = prefix << 8 | UInt64(byte) }
        if key.count < 8 { prefix <<= UInt64(8 * (8 - key.count)) }
        entries.append(Entry(prefix: prefix, keyStart: bytes.count, keyCount: key.count, valueCount: value.count))
        bytes.append(contentsOf: key)
        bytes.append(contentsOf: value)
    }

    /// Puts the keys in order, a key before those that it begins, leaves the last of equal ones, and of those the ones with a value.
    mutating func normalise() {
        let isOrdered = bytes.withUnsafeBufferPointer { bytes in
            func precedes(_ a: Entry, _ b: Entry) -> Bool {
                guard a.prefix == b.prefix else { return a.prefix < b.prefix }
                let order = Self.compare(a, b, bytes)
                // The sort is not stable by promise: where a key stood decides among equals.
                return order == 0 ? a.keyStart < b.keyStart : order < 0
            }
            entries.sort(by: precedes)
            return entries.indices.dropLast().allSatisfy { index in
                Self.compare(entries[index], entries[index + 1], bytes) != 0
            }
        }
        if !isOrdered {
            let all = entries
            bytes.withUnsafeBufferPointer { bytes in
                entries = all.indices.filter { $0 + 1 == all.count || Self.compare(all[$0], all[$0 + 1], bytes) != 0 }.map {
                    all[$0]
                }
            }
        }
        entries.removeAll { $0.valueCount == 0 }
    }

    /// Below zero if the first key stands before the second.
    private static func compare(_ a: Entry, _ b: Entry, _ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        for index in 0..<min(a.keyCount, b.keyCount) {
            let (one, other) = (bytes[a.keyStart &+ index], bytes[b.keyStart &+ index])
            if one != other { return one < other ? -1 : 1 }
        }
        return a.keyCount - b.keyCount
    }
}
