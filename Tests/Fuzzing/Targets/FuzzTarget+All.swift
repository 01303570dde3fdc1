extension FuzzTarget {
    /// Every decoder of bytes that come from outside.
    public static let all: [FuzzTarget] = [.rlp, .abi, .transaction, .jsonRPC, .keystore, .cassette]

    /// A target by its name, the planted ones too; `nil` if there is none.
    public static func named(_ name: String) -> FuzzTarget? { (all + planted).first { $0.name == name } }
}
