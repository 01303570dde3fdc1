/// The kinds of transaction, by the byte that begins the wire form (EIP-2718); legacy transactions have none and count as 0.
public enum TransactionType: UInt8, Sendable, Hashable, CaseIterable {
    case legacy = 0
    /// EIP-2930.
    case accessList = 1
    /// EIP-1559.
    case feeMarket = 2
    /// EIP-4844.
    case blob = 3
    /// EIP-7702.
    case setCode = 4

    /// The rules that first admit the kind.
    public var firstFork: Fork {
        switch self {
        case .legacy: .frontier
        case .accessList: .berlin
        case .feeMarket: .london
        case .blob: .cancun
        case .setCode: .prague
        }
    }
}
