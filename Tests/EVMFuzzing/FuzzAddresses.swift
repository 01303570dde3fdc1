import EthPrimitives

/// Who takes part in every program.
enum FuzzAddresses {
    static let sender = address(0x5e, 1), main = address(0xaa, 2), person = address(0xbb, 3), nobody = address(0xcc, 4)
    static let delegated = address(0xdd, 5), producer = address(0xee, 6)
    static let callees = [address(0xc1, 7), address(0xc2, 8), address(0xc3, 9)]

    /// What programs call and look at, the precompiled contracts apart.
    static let addresses = [sender, main, person, nobody, delegated, producer] + callees

    /// Its first and its last bytes are its own, so that no two are alike in a table.
    private static func address(_ first: UInt8, _ last: UInt8) -> Address {
        Address(
            FixedBytes<20>(unsafeFilledBy: { out in
                out.initializeMemory(as: UInt8.self, repeating: first)
                out[19] = last
            }))
    }
}
