import EthEVM
import EthPrimitives
import EthTransactions
import Testing

@testable import EthChain

/// Which code is kept, and for how long.
@Suite("Code cache") struct CodeCacheTests {
    private static let contract = Address(lowBytesOf: UInt256(0xC0DE_C0DE).bigEndianBytes)
    private static let code: [UInt8] = [0x60, 0x01, 0x60, 0x00, 0x55, 0x00]

    private static func block(_ number: UInt64, _ branch: String = "", parent: String? = nil) -> PinnedBlock {
        PinnedBlock(
            hash: Keccak256.hash("\(number)\(branch)"), number: number,
            parentHash: Keccak256.hash("\(number - 1)\(parent ?? branch)"),
            timestamp: 12 * number, gasLimit: 1, baseFeePerGas: nil)
    }

    @Test("From Cancun on a contract's code is kept for the block and all later ones")
    func kept() {
        let cache = CodeCache()
        #expect(cache.code(of: Self.contract, at: 100) == nil)
        let code = cache.take(Self.code, of: Self.contract, at: 100, .cancun)
        #expect(cache.code(of: Self.contract, at: 100) === code && cache.code(of: Self.contract, at: 5_000) === code)
        #expect(cache.code(of: Self.contract, at: 99) == nil, "the block before may be that of its creation")
        _ = cache.take(Self.code, of: Self.contract, at: 40, .cancun)
        #expect(cache.code(of: Self.contract, at: 99) === code)
    }

    @Test(
        "Nothing is kept that can change: before Cancun, empty, delegated",
        arguments: [
            (code, .shanghai), ([], .prague), (Bytecode.delegation(to: contract).bytes, .prague),
        ] as [([UInt8], Fork)])
    func changing(_ bytes: [UInt8], _ fork: Fork) {
        let cache = CodeCache()
        #expect(cache.take(bytes, of: Self.contract, at: 100, fork).bytes == bytes)
        #expect(cache.code(of: Self.contract, at: 100) == nil)
    }

    @Test("The same code at two addresses is held once")
    func shared() {
        let cache = CodeCache()
        let one = cache.take(Self.code, of: Self.contract, at: 1, .prague)
        #expect(cache.take(Self.code, of: .zero, at: 1, .prague) === one)
    }

    @Test("A reorganisation takes back what was learned lately, and nothing older")
    func reorganised() {
        for (replacing, forgets) in [
            (Self.block(200, "b"), true), (Self.block(201, "b"), true), (Self.block(201), false), (Self.block(210, "b"), false),
            (Self.block(150), false),
        ] {
            let cache = CodeCache()
            _ = cache.take(Self.code, of: .zero, at: 100, .prague)
            _ = cache.take(Self.code, of: Self.contract, at: 199, .prague)
            cache.follow(Self.block(199))
            cache.follow(Self.block(200))
            cache.follow(replacing)
            #expect((cache.code(of: Self.contract, at: 500) == nil) == forgets, "\(replacing.number)")
            #expect(cache.code(of: .zero, at: 500) != nil)
        }
    }

    @Test("It does not grow without end")
    func bounded() {
        let cache = CodeCache()
        for number in 0...UInt64(CodeCache.capacity) {
            _ = cache.take(Self.code, of: Address(lowBytesOf: UInt256(number).bigEndianBytes), at: 1, .prague)
        }
        #expect(cache.code(of: .zero, at: 1) == nil)
    }

    @Test("Many threads may use it at once")
    func threads() async {
        let cache = CodeCache()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<8 {
                group.addTask {
                    for number in 0..<200 as Range<UInt64> {
                        cache.follow(Self.block(number + 1, index % 2 == 0 ? "a" : "b"))
                        let address = Address(lowBytesOf: UInt256(number).bigEndianBytes)
                        let code = cache.take(Self.code + [UInt8(number)], of: address, at: number, .prague)
                        #expect(code.bytes.last == UInt8(number))
                    }
                }
            }
        }
    }
}
