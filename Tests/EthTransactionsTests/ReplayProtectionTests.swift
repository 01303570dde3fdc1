import EthPrimitives
import EthTransactions
import Testing

@Suite("Replay protection")
struct ReplayProtectionTests {
    @Test(
        "is spelt by v, up to chain ids of 64 bits",
        arguments: [
            (27, nil, false), (28, nil, true), (35, 0, false), (36, 0, true), (37, 1, false), (38, 1, true),
            ((UInt256(1) << 64) + 27, (1 << 63) - 4, false), ((UInt256(1) << 65) + 33, .max, false),
            ((UInt256(1) << 65) + 34, .max, true),
        ] as [(UInt256, UInt64?, Bool)])
    func spelt(v: UInt256, chainID: UInt64?, yParity: Bool) {
        let protection = ReplayProtection(chainID: chainID.map { ChainID($0) }, yParity: yParity)
        #expect(ReplayProtection(v: v) == protection && protection.v == v)
    }

    @Test(
        "is spelt by no other number",
        arguments: [0, 1, 26, 29, 34, (UInt256(1) << 65) + 35, UInt256(1) << 128, .max] as [UInt256])
    func refused(v: UInt256) { #expect(ReplayProtection(v: v) == nil) }
}
