import EthPrimitives
import EthTransactions
import Testing

@Suite("Gas limit")
struct GasLimitTests {
    @Test(
        "is the larger need, times 64/63 and the margin, each rounded up",
        arguments: [
            (63, 0, 0, 64), (62, 0, 0, 63), (64, 0, 0, 66), (0, 63, 0, 64), (63, 126, 0, 128), (126, 63, 0, 128),
            (63, 0, 10, 71), (6_300, 0, 10, 7_040), (1, 0, 0, 2), (0, 0, 50, 0), (348_634, 0, 10, 389_585),
            // The need stays below the caps, the margin does not.
            (16_000_000, 0, 50, 16_777_216), (16_515_072, 0, 0, 16_777_216), (1_000, 0, .max, 16_777_216),
        ] as [(Gas, Gas, UInt64, Gas)])
    func formula(simulated: Gas, model: Gas, margin: UInt64, limit: Gas) throws {
        #expect(try GasLimit.limit(simulated: simulated, model: model, marginPercent: margin) == limit)
    }

    @Test(
        "refuses work that a cap would starve",
        arguments: [(16_515_073, 16_777_216), (.max, 16_777_216), (500_000, 400_000)] as [(Gas, Gas)])
    func caps(simulated: Gas, cap: Gas) {
        let needed = GasLimit.needed(simulated: simulated)
        #expect(throws: GasLimitError.aboveCap(needed: needed, cap: cap)) {
            try GasLimit.limit(simulated: simulated, marginPercent: 10, cap: simulated == 500_000 ? 400_000 : .max)
        }
    }

    @Test("leaves the tail of one call at every size")
    func tail() {
        for used in Array(0...2_000) + [21_000, 348_634, 16_000_000] as [Gas] {
            let needed = GasLimit.needed(simulated: used)
            #expect(needed - needed / 64 >= used, "\(used)")
        }
    }
}

@Suite("Intrinsic gas")
struct IntrinsicGasTests {
    @Test(
        "charges data, creation and access list",
        arguments: [
            ([], false, 21_000, 21_000), ([0], false, 21_004, 21_010), ([1], false, 21_016, 21_040),
            ([0x18, 0x17, 0x83, 0x58], false, 21_064, 21_160), ([0, 0, 1, 2], false, 21_040, 21_100),
            ([UInt8](repeating: 1, count: 33), true, 21_000 + 32_000 + 33 * 16 + 2 * 2, 21_000 + 33 * 40),
        ] as [([UInt8], Bool, Gas, Gas)])
    func data(data: [UInt8], isCreation: Bool, standard: Gas, floor: Gas) {
        let gas = IntrinsicGas(data: data, isCreation: isCreation)
        #expect(gas.standard == standard && gas.floor == floor && gas.minimumLimit == max(standard, floor))
    }

    @Test("charges an access list by address and slot")
    func accessList() {
        let list: AccessList = [.init(address: .zero, storageKeys: [B256(), B256()]), .init(address: .zero)]
        let gas = IntrinsicGas(data: [], accessList: list)
        #expect(gas.standard == 21_000 + 2 * 2_400 + 2 * 1_900 && gas.floor == 21_000)
    }

    @Test(
        "follows the rules of each fork",
        arguments: [
            (Fork.frontier, 21_000 + 68 + 4, 0), (.homestead, 53_000 + 68 + 4, 0), (.constantinopleFix, 53_000 + 68 + 4, 0),
            (.istanbul, 53_000 + 16 + 4, 0), (.paris, 53_000 + 16 + 4, 0), (.shanghai, 53_000 + 16 + 4 + 2, 0),
            (.cancun, 53_000 + 16 + 4 + 2, 0), (.prague, 53_000 + 16 + 4 + 2, 21_000 + 50), (.osaka, 53_022, 21_050),
        ] as [(Fork, Gas, Gas)])
    func forks(fork: Fork, standard: Gas, floor: Gas) {
        let gas = IntrinsicGas(data: [0, 1], isCreation: true, fork: fork)
        #expect(gas.standard == standard && gas.floor == floor)
    }

    @Test("charges each authorization as for an empty account")
    func authorizations() {
        #expect(IntrinsicGas(data: [], authorizationCount: 3).standard == 21_000 + 3 * 25_000)
        let tuple = SignedAuthorization(Authorization(chainID: 0, address: .zero, nonce: 0), yParity: 0, r: 0, s: 0)
        let transaction = SetCodeTransaction(
            chainID: 1, nonce: 0, maxPriorityFeePerGas: .zero, maxFeePerGas: .zero, gasLimit: 0, to: .zero,
            authorizationList: [tuple, tuple])
        #expect(IntrinsicGas(.setCode(transaction)).standard == 71_000)
    }
}
