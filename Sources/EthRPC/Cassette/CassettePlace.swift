/// A point on a recording's way: a block, or a time.
public enum CassettePlace: Sendable, Hashable, CustomStringConvertible {
    case block(UInt64)
    /// Unix seconds.
    case time(UInt64)

    public var description: String {
        switch self {
        case .block(let number): "block \(number)"
        case .time(let seconds): "time \(seconds)"
        }
    }
}

/// A part of a recording, both ends included.
public struct CassetteRange: Sendable, Hashable, CustomStringConvertible {
    /// `nil`: from the beginning.
    public var from: CassettePlace?
    /// `nil`: to the end.
    public var to: CassettePlace?

    public init(from: CassettePlace? = nil, to: CassettePlace? = nil) {
        self.from = from
        self.to = to
    }

    public var description: String { "\(from.map(\.description) ?? "the beginning") to \(to.map(\.description) ?? "the end")" }

    /// Whether a line belongs to the part; `nil` where it does not say where it belongs, or belongs to none: such a line goes with
    /// every part.
    func contains(_ label: CassetteLabel) -> Bool? {
        guard label.note != CassetteLabel.setup else { return nil }
        guard let from = Self.compare(from, label, orders: { $0 <= $1 }), let to = Self.compare(to, label, orders: { $0 >= $1 })
        else { return nil }
        return from && to
    }

    private static func compare(_ end: CassettePlace?, _ label: CassetteLabel, orders: (UInt64, UInt64) -> Bool) -> Bool? {
        switch end {
        case nil: label.block == nil && label.time == nil ? nil : true
        case .block(let number): label.block.map { orders(number, $0) }
        case .time(let seconds): label.time.map { orders(seconds, $0) }
        }
    }

    /// Whether a member may hold lines of the part.
    func meets(_ member: CassetteMember) -> Bool {
        guard member.loose == 0 else { return true }
        func isBefore(_ end: CassettePlace?) -> Bool {
            switch end {
            case nil: false
            case .block(let number): member.blocks.map { $0.upperBound < number } ?? true
            case .time(let seconds): member.times.map { $0.upperBound < seconds } ?? true
            }
        }
        func isAfter(_ end: CassettePlace?) -> Bool {
            switch end {
            case nil: false
            case .block(let number): member.blocks.map { $0.lowerBound > number } ?? true
            case .time(let seconds): member.times.map { $0.lowerBound > seconds } ?? true
            }
        }
        return member.exchanges > 0 && !isBefore(from) && !isAfter(to)
    }
}
