internal import EthPrimitives

/// Computes the nodes of a trie from its ordered keys, from the leaves up. No node is ever an object: the payload of the node at hand
/// grows on one stack of bytes, and gives way to what its parent holds of it.
struct TrieBuilder {
    /// What an empty trie hashes to: the empty string.
    static let emptyRoot: B256 = Keccak256.hash([0x80])

    private let entries: TrieEntries
    private var stack: [UInt8] = []
    /// The key whose way is noted, in nibbles; `nil` if none is.
    private var wanted: [UInt8]?
    /// Nodes on that way, the deepest first.
    private var way: [[UInt8]] = []

    init(_ entries: TrieEntries) {
        var entries = entries
        entries.normalise()
        self.entries = entries
        // A branch of hashes, on each level of an ordinary trie.
        stack.reserveCapacity(8 * 17 * 33)
    }

    consuming func root() -> B256 {
        guard !entries.entries.isEmpty else { return Self.emptyRoot }
        appendPayload(0..<entries.entries.count, depth: 0)
        return hash(from: 0)
    }

    consuming func proof(of key: [UInt8]) -> [[UInt8]] {
        guard !entries.entries.isEmpty else { return [] }
        wanted = key.flatMap { [$0 >> 4, $0 & 15] }
        let all = 0..<entries.entries.count
        appendPayload(all, depth: 0)
        way.append(node(from: 0))
        return way.reversed()
    }

    // MARK: Nodes

    /// Appends what a parent holds of the node of some entries: the node itself if it has less than 32 bytes, else its hash.
    private mutating func appendReference(_ range: Range<Int>, depth: Int) {
        let start = stack.count
        appendPayload(range, depth: depth)
        let payload = stack.count - start
        if payload < 31 {
            stack.insert(0xc0 + UInt8(payload), at: start)
        } else {
            if leads(to: range, depth: depth) { way.append(node(from: start)) }
            let hash = hash(from: start)
            stack.removeLast(payload)
            stack.append(0xa0)
            hash.withUnsafeBytes { stack.append(contentsOf: $0) }
        }
    }

    /// Appends the members of a node. All keys of the range are the same up to `depth`, in nibbles.
    private mutating func appendPayload(_ range: Range<Int>, depth: Int) {
        let first = entries.entries[range.lowerBound]
        guard range.count > 1 else {
            appendPath(first, depth..<2 * first.keyCount, isLeaf: true)
            return appendValue(first)
        }
        let shared = sharedNibbles(first, entries.entries[range.upperBound - 1], from: depth)
        if shared > depth {
            appendPath(first, depth..<shared, isLeaf: false)
            return appendReference(range, depth: shared)
        }
        // The one key that ends here stands before those that go on.
        let endsHere = 2 * first.keyCount == depth
        var next = range.lowerBound + (endsHere ? 1 : 0)
        for digit in 0..<16 as Range<UInt8> {
            let start = next
            while next < range.upperBound, nibble(entries.entries[next], depth) == digit { next += 1 }
            if next > start { appendReference(start..<next, depth: depth + 1) } else { stack.append(0x80) }
        }
        if endsHere { appendValue(first) } else { stack.append(0x80) }
    }

    /// Whether the wanted key begins as those of the range do.
    private func leads(to range: Range<Int>, depth: Int) -> Bool {
        guard let wanted, wanted.count >= depth else { return false }
        let key = entries.entries[range.lowerBound]
        return (0..<depth).allSatisfy { nibble(key, $0) == wanted[$0] }
    }

    // MARK: Nibbles

    private func nibble(_ entry: TrieEntries.Entry, _ index: Int) -> UInt8 {
        let byte = entries.bytes[entry.keyStart &+ index / 2]
        return index & 1 == 0 ? byte >> 4 : byte & 15
    }

    /// How far two keys are the same.
    private func sharedNibbles(_ a: TrieEntries.Entry, _ b: TrieEntries.Entry, from depth: Int) -> Int {
        let end = 2 * min(a.keyCount, b.keyCount)
        var index = depth
        while index < end, nibble(a, index) == nibble(b, index) { index += 1 }
        return index
    }

    /// Appends a part of a key with the hex prefix (Yellow Paper, appendix C), as a string.
    private mutating func appendPath(_ entry: TrieEntries.Entry, _ range: Range<Int>, isLeaf: Bool) {
        let count = range.count / 2 + 1
        let isOdd = range.count % 2 == 1
        let flags: UInt8 = (isLeaf ? 0x20 : 0) | (isOdd ? 0x10 | nibble(entry, range.lowerBound) : 0)
        // One byte stands for itself: flags never reach 0x80.
        if count > 1 { appendHeader(of: count, base: 0x80) }
        stack.append(flags)
        for index in stride(from: range.lowerBound + (isOdd ? 1 : 0), to: range.upperBound, by: 2) {
            stack.append(nibble(entry, index) << 4 | nibble(entry, index + 1))
        }
    }

    private mutating func appendValue(_ entry: TrieEntries.Entry) {
        let value = entries.bytes[entry.valueStart..<entry.valueStart + entry.valueCount]
        if let byte = value.first, value.count == 1, byte < 0x80 {
            stack.append(byte)
        } else {
            appendHeader(of: value.count, base: 0x80)
            stack.append(contentsOf: value)
        }
    }

    // MARK: RLP

    private mutating func appendHeader(of count: Int, base: UInt8) {
        TrieHeader(of: count, base: base).withUnsafeBytes { stack.append(contentsOf: $0) }
    }

    /// The hash of the list whose payload stands on the stack from `start` on.
    private func hash(from start: Int) -> B256 {
        var hasher = Keccak256()
        TrieHeader(of: stack.count - start, base: 0xc0).withUnsafeBytes { hasher.update($0) }
        stack.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[start...])) }
        return hasher.finalize()
    }

    /// The whole list whose payload stands on the stack from `start` on.
    private func node(from start: Int) -> [UInt8] {
        TrieHeader(of: stack.count - start, base: 0xc0).withUnsafeBytes { Array($0) } + stack[start...]
    }
}

/// The header of an RLP string or list, on the processor's stack.
private struct TrieHeader {
    /// The header's bytes, the first one highest.
    private let bytes: UInt64
    private let count: Int

    /// - Parameter base: 0x80 for a string, 0xc0 for a list.
    init(of payload: Int, base: UInt8) {
        // A payload of 2^56 bytes would not fit the address space.
        let length = payload < 56 ? 0 : (64 - payload.leadingZeroBitCount + 7) / 8
        let first = UInt64(base) + UInt64(length == 0 ? payload : 55 + length)
        count = 1 + length
        bytes = first << 56 | (length == 0 ? 0 : UInt64(payload) << UInt64(56 - 8 * length))
    }

    func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        Swift.withUnsafeBytes(of: bytes.bigEndian) { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
}
