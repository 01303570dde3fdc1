import EthPrimitives

/// A member of which the lines are known one after the other.
struct CassetteMemberDraft: Sendable {
    private let linesBefore: Int
    private let exchangesBefore: Int
    private(set) var lines = 0
    private(set) var exchanges = 0
    private var blocks: ClosedRange<UInt64>?
    private var times: ClosedRange<UInt64>?
    private var loose = 0
    private var isLast = false
    private var hasher = Keccak256()

    /// The first one.
    init() { (linesBefore, exchangesBefore) = (0, 0) }

    /// The one after another.
    init(after member: CassetteMember) {
        linesBefore = member.linesBefore + member.lines
        exchangesBefore = member.exchangesBefore + member.exchanges
    }

    /// Adds a line.
    /// - Parameter label: of an exchange.
    mutating func add(_ line: [UInt8], _ kind: CassetteFraming.Kind, _ label: @autoclosure () -> CassetteLabel) {
        lines += 1
        hasher.update(line)
        hasher.update([0x0A])
        switch kind {
        case .blank: break
        case .opening: loose += 1
        case .closing: isLast = true
        case .exchange:
            exchanges += 1
            let label = label()
            guard label.note != CassetteLabel.setup, label.block != nil || label.time != nil else {
                loose += 1
                return
            }
            // A line that says only half of it might be asked for by the other half.
            if label.block == nil || label.time == nil { loose += 1 }
            blocks = Self.extended(blocks, label.block)
            times = Self.extended(times, label.time)
        }
    }

    private static func extended(_ range: ClosedRange<UInt64>?, _ value: UInt64?) -> ClosedRange<UInt64>? {
        guard let value else { return range }
        return range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    }

    /// The member, when its place in the file is known.
    func member(offset: UInt64, bytes: UInt64, checksum: UInt32) -> CassetteMember {
        CassetteMember(
            offset: offset, bytes: bytes, checksum: checksum, linesBefore: linesBefore, lines: lines,
            exchangesBefore: exchangesBefore, exchanges: exchanges, blocks: blocks, times: times, loose: loose, isLast: isLast,
            digest: hasher.finalize())
    }
}
