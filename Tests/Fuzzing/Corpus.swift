public import EthPrimitives
public import Foundation

/// Well and badly formed inputs that mutations begin with.
public struct Corpus: Sendable, Equatable {
    /// In order of length, so that short ones can be preferred.
    public let entries: [[UInt8]]

    /// At most this many entries are kept, evenly chosen over all lengths.
    static let mostEntries = 600
    /// Longer entries are left out: they make the run slow and teach little.
    static let longestEntry = 2_000

    /// Takes inputs in any order; too long ones and doubles are dropped. Never empty: the empty input is always one.
    public init(_ inputs: some Sequence<[UInt8]>) {
        let kept = Set(inputs).union([[]]).filter { $0.count <= Self.longestEntry }
            .sorted { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }
        let step = max(1, (kept.count + Self.mostEntries - 1) / Self.mostEntries)
        entries = stride(from: 0, to: kept.count, by: step).map { kept[$0] }
    }

    /// Tells whether two machines mutate the same entries.
    public var digest: B256 { Keccak256.hash(encoded) }

    /// The length that half of the entries do not exceed, in bytes.
    public var medianLength: Int { entries[entries.count / 2].count }

    /// Writes all entries, each behind its length in eight bytes.
    public func write(to file: URL) throws { try Data(encoded).write(to: file) }

    /// Reads what `write` wrote.
    public init(contentsOf file: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: file))
        var entries: [[UInt8]] = []
        var place = 0
        while place + 8 <= bytes.count {
            let length = bytes[place..<place + 8].reduce(0) { $0 << 8 | Int($1) }
            place += 8
            guard length <= bytes.count - place else { throw CocoaError(.fileReadCorruptFile) }
            entries.append(Array(bytes[place..<place + length]))
            place += length
        }
        guard !entries.isEmpty, place == bytes.count else { throw CocoaError(.fileReadCorruptFile) }
        self.entries = entries
    }

    private var encoded: [UInt8] {
        entries.flatMap { entry in
            (0..<8).map { UInt8(truncatingIfNeeded: UInt64(entry.count) >> (56 - 8 * $0)) } + entry
        }
    }
}
