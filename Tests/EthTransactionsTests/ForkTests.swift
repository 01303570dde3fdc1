import EthTransactions
import Testing

@Suite("Fork")
struct ForkTests {
    @Test("is found by its name in either case, and by other names of the same rules")
    func names() {
        for fork in Fork.allCases {
            #expect(Fork(name: fork.name) == fork && Fork(name: fork.name.uppercased()) == fork)
        }
        let others: [(String, Fork)] = [
            ("Merge", .paris), ("petersburg", .constantinopleFix), ("SpuriousDragon", .eip158), ("TangerineWhistle", .eip150),
            ("GrayGlacier", .london), ("MuirGlacier", .istanbul),
        ]
        for (name, fork) in others { #expect(Fork(name: name) == fork) }
        for name in ["", "Londn", "London ", "15"] { #expect(Fork(name: name) == nil) }
    }

    @Test("comes in the order of mainnet")
    func order() {
        #expect(Fork.allCases == Fork.allCases.sorted() && Fork.frontier < .homestead && Fork.prague < .osaka)
        #expect(Fork.latest == Fork.allCases.last)
    }
}
