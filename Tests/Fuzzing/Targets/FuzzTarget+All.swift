extension FuzzTarget {
    /// Every decoder of bytes that come from outside, the quick ones first: the slow ones get the time that these leave.
    public static let all: [FuzzTarget] = [.rlp, .abi, .keystore, .transaction, .journal, .cassette, .jsonRPC]

    /// A target by its name, the planted ones too; `nil` if there is none.
    public static func named(_ name: String) -> FuzzTarget? { (all + planted).first { $0.name == name } }
}
