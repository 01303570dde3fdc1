import EthPrimitives
import EthTransactions
import Testing

@testable import EthEVM

@Suite struct InterpreterTests {
    private static let sender = Word.address(0xaa)
    private static let contract = Word.address(0xbb)

    private func run(
        _ code: [UInt8], data: [UInt8] = [], gas: Gas = 1_000_000, fork: Fork = .prague, storage: [UInt256: UInt256] = [:]
    ) throws -> (ExecutionResult, StateChanges) {
        let state = MemoryState(
            accounts: [
                Self.sender: Account(balance: .ether(1)), Self.contract: Account(nonce: 1, code: Bytecode(code)),
            ], storage: [Self.contract: storage])
        let evm = EVM(BlockEnvironment(chainID: 1, fork: fork, number: 100, timestamp: 1_700_000_000), reader: state)
        let transaction = EVMTransaction(sender: Self.sender, recipient: Self.contract, data: data, gasLimit: gas)
        return (try evm.execute(transaction, checks: .call, tracing: true), evm.changes)
    }

    @Test func addsTwoNumbersAndReturnsTheSum() throws {
        // PUSH1 2 PUSH1 3 ADD PUSH1 0 MSTORE PUSH1 32 PUSH1 0 RETURN
        let (result, _) = try run([0x60, 2, 0x60, 3, 0x01, 0x60, 0, 0x52, 0x60, 32, 0x60, 0, 0xf3])
        #expect(result.succeeded)
        #expect(UInt256(bigEndianBytes: result.output) == 5)
        // Seven instructions of 3, one word of memory of 3.
        #expect(result.gasUsed == 21_000 + 24)
    }

    @Test func writesStorageAndReportsTheChange() throws {
        // PUSH1 7 PUSH1 1 SSTORE
        let (result, changes) = try run([0x60, 7, 0x60, 1, 0x55])
        #expect(result.gasUsed == 21_000 + 6 + 22_100)
        #expect(changes.accounts[Self.contract]?.storage == [1: 7])
        #expect(result.trace?.writes == [FrameTrace.Write(address: Self.contract, slot: 1, value: 7)])
    }

    @Test func clearingASlotRefundsAtMostAFifth() throws {
        // PUSH0 PUSH1 1 SSTORE
        let (result, _) = try run([0x5f, 0x60, 1, 0x55], storage: [1: 9])
        #expect(result.gasSpent == 21_000 + 5 + 5_000)
        #expect(result.gasRefunded == 4_800)
        #expect(result.gasUsed == result.gasSpent - result.gasRefunded)
    }

    @Test func aLoopRunsOutOfGas() throws {
        // JUMPDEST PUSH1 0 JUMP
        let (result, changes) = try run([0x5b, 0x60, 0, 0x56], gas: 100_000)
        #expect(result.outcome == .halted(.outOfGas))
        #expect(result.gasUsed == 100_000)
        #expect(changes.accounts[Self.contract] == nil)
    }

    @Test func recursionEndsWhereSixtyThreeParts() throws {
        // Calls itself with all gas: PUSH0 ×5, ADDRESS, GAS, CALL.
        let (result, _) = try run([0x5f, 0x5f, 0x5f, 0x5f, 0x5f, 0x30, 0x5a, 0xf1], gas: 10_000_000)
        #expect(result.succeeded)
        var depth = 0
        var frame = result.trace
        while let inner = frame?.children.first {
            depth += 1
            frame = inner
        }
        #expect(depth > 100)
    }
}
