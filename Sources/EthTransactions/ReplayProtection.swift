public import EthPrimitives

/// What the v of a legacy signature spells: 27 and 28 name no chain, otherwise it is 35 + 2 × chain id + parity (EIP-155).
public struct ReplayProtection: Hashable, Sendable {
    /// `nil` where the signature holds on every chain.
    public var chainID: ChainID?
    public var yParity: Bool

    public init(chainID: ChainID?, yParity: Bool) {
        self.chainID = chainID
        self.yParity = yParity
    }

    /// Reads v; `nil` for any other number, and for a chain id of more than 64 bits.
    public init?(v: UInt256) {
        guard let v = v.asUInt128 else { return nil }
        if v == 27 || v == 28 {
            self.init(chainID: nil, yParity: v == 28)
        } else {
            guard v >= 35, let chainID = UInt64(exactly: (v - 35) / 2) else { return nil }
            self.init(chainID: ChainID(chainID), yParity: (v - 35) % 2 == 1)
        }
    }

    /// The number v, which may exceed 64 bits.
    public var v: UInt256 {
        let parity: UInt128 = yParity ? 1 : 0
        guard let chainID else { return UInt256(limbs: UInt64(27 + parity), 0, 0, 0) }
        let v = UInt128(chainID.rawValue) * 2 + 35 + parity
        return UInt256(limbs: UInt64(truncatingIfNeeded: v), UInt64(truncatingIfNeeded: v >> 64), 0, 0)
    }
}
