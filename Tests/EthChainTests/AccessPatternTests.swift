import EthEVM
import EthPrimitives
import EthTransactions
import Testing

@testable import EthChain

/// What is fetched before the same call is executed again.
@Suite("Access pattern") struct AccessPatternTests {
    private static let one = Address(lowBytesOf: UInt256(1_001).bigEndianBytes)
    private static let two = Address(lowBytesOf: UInt256(1_002).bigEndianBytes)

    @Test("It holds what was read, less the accounts that are others the next time")
    func learned() {
        var pattern = AccessPattern()
        #expect(pattern.isEmpty)
        pattern.learn(
            StateMisses(accounts: [Self.one, Self.two], slots: [Self.one: [7]], blockHashes: [98, 100]), inBlock: 101,
            excluding: [Self.two])
        #expect(
            pattern.wanted(inBlock: 201) == StateMisses(accounts: [Self.one], slots: [Self.one: [7]], blockHashes: [198, 200]))
        #expect(pattern.wanted(inBlock: 2).blockHashes == [1], "there is no block below the first")
    }

    @Test("A branch that was not taken for a while is kept, and one not taken for long is not")
    func patience() {
        var pattern = AccessPattern()
        pattern.learn(StateMisses(accounts: [Self.one], slots: [Self.one: [1]], blockHashes: [9]), inBlock: 10)
        for _ in 1..<AccessPattern.patience {
            pattern.learn(StateMisses(accounts: [Self.one], slots: [Self.one: [2]]), inBlock: 10)
        }
        #expect(pattern.wanted(inBlock: 10).slots == [Self.one: [1, 2]])
        pattern.learn(StateMisses(accounts: [Self.one], slots: [Self.one: [2]]), inBlock: 10)
        #expect(pattern.wanted(inBlock: 10) == StateMisses(accounts: [Self.one], slots: [Self.one: [2]]))
    }

    @Test("It can begin with a list that somebody else made")
    func listed() {
        let list: AccessList = [.init(address: Self.one, storageKeys: [UInt256(3).bigEndianBytes]), .init(address: Self.two)]
        let wanted = AccessPattern(list).wanted(inBlock: 1)
        #expect(wanted == StateMisses(accounts: [Self.one, Self.two], slots: [Self.one: [3]]))
    }
}
