import EthPrimitives
import EthTransactions
import KeeperTransactions
import TestSupport
import Testing

/// Random transactions near the edge of what is admitted, against the policy said a second time.
@Suite("Signing policy, properties")
struct PolicyPropertyTests {
    private typealias S = PolicySamples

    /// Values that each field may take, those that are admitted first and often.
    private struct Draw {
        var random: SeededRandom

        mutating func one<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &random)] }
        mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
        mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) } }
        mutating func wei() -> Wei {
            Wei(UInt256(limbs: random.next(), random.next(), random.next(), random.next()) >> one([0, 64, 128, 190, 220, 240]))
        }

        mutating func recipient() -> Address? {
            if chance(10) { return nil }
            return chance(15) ? Address(bytes(20)) : one([S.account, S.contract, S.other, S.stranger, .zero])
        }

        mutating func data() -> [UInt8] {
            if chance(30) { return [] }
            if chance(20) { return bytes(Int.random(in: 0...40, using: &random)) }
            var data = one([S.poke, S.aggregate]).bytes + bytes(Int.random(in: 0...8, using: &random))
            if chance(15) { data[Int.random(in: 0..<4, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
            if chance(10) { data = Array(data.prefix(Int.random(in: 0..<4, using: &random))) }
            return data
        }

        mutating func gas() -> Gas {
            chance(20) ? random.next() >> one([0, 40, 44]) : one([21_000, 20_999, 21_001, 500_000, 1_500_000, 1_500_001])
        }

        mutating func fee() -> Wei {
            chance(20) ? wei() : one([.gwei(30), .gwei(33), .gwei(40), .gwei(60), .gwei(60) + Wei(1), .zero])
        }

        mutating func transaction() -> FeeMarketTransaction {
            let fee = fee()
            if chance(10) {
                var cancel = S.cancel
                (cancel.nonce, cancel.maxFeePerGas) = (one([0, 6, 7, 8, 9, 10]), max(fee, .gwei(1)))
                return cancel
            }
            return FeeMarketTransaction(
                chainID: chance(95) ? 1 : ChainID(random.next() >> one([0, 60])),
                nonce: chance(90) ? one([0, 6, 7, 8, 9, 10]) : random.next(),
                maxPriorityFeePerGas: chance(85) ? min(fee, .gwei(1)) : self.fee(), maxFeePerGas: fee, gasLimit: gas(),
                to: recipient(),
                value: chance(95) ? .zero : wei(), data: data(),
                accessList: chance(80) ? [] : list())
        }

        mutating func list() -> AccessList {
            let keys = Array(repeating: B256(), count: one([0, 1, 59, 512, 513]))
            let others = Array(
                repeating: AccessList.Entry(address: one([S.account, S.contract, .zero])), count: one([0, 9, 63, 64]))
            return AccessList([.init(address: S.contract, storageKeys: keys)] + others)
        }
    }

    @Test(
        "policy and oracle agree on 30,000 random transactions, hundreds of which are admitted",
        arguments: 1...3 as ClosedRange<UInt64>)
    func agreement(seed: UInt64) throws {
        var draw = Draw(random: SeededRandom(seed))
        var calls = 0
        var cancels = 0
        for number in 0..<10_000 {
            let transaction = draw.transaction()
            let bound = draw.one([[], [7], S.bound, [8, 3]] as [[Nonce]])
            let refusal = S.refusal(.feeMarket(transaction), bound: bound)
            let isAdmitted = try PolicyOracle.admits(.feeMarket(transaction), bound: bound, S.policy, account: S.account)
            #expect(
                (refusal == nil) == isAdmitted,
                "seed \(seed), number \(number): \(transaction), \(bound): \(refusal.map(\.description) ?? "signed")")
            if isAdmitted { if transaction.to == S.account { cancels += 1 } else { calls += 1 } }
        }
        #expect(calls > 100 && cancels > 20, "\(calls) calls, \(cancels) cancels")
    }

    /// Changes of one field each, with values of all kinds.
    private static func changed(_ transaction: FeeMarketTransaction, _ field: Int, _ draw: inout Draw) -> FeeMarketTransaction {
        var changed = transaction
        switch field {
        case 0: changed.chainID = ChainID(draw.random.next() >> draw.one([0, 32, 60, 63]))
        case 1: changed.nonce = draw.random.next() >> draw.one([0, 32, 58, 60])
        case 2: changed.maxPriorityFeePerGas = draw.chance(50) ? draw.wei() : draw.fee()
        case 3: changed.maxFeePerGas = draw.chance(50) ? draw.wei() : draw.fee()
        case 4:
            changed.gasLimit =
                draw.chance(50) ? transaction.gasLimit ^ 1 << UInt64.random(in: 0..<64, using: &draw.random) : draw.gas()
        case 5:
            var bytes = transaction.to?.bytes ?? []
            bytes[Int.random(in: 0..<20, using: &draw.random)] ^= 1 << UInt8.random(in: 0..<8, using: &draw.random)
            changed.to = draw.chance(50) ? Address(bytes) : draw.recipient()
        case 6: changed.value = draw.wei()
        case 7: changed.data = draw.data()
        default: changed.accessList = draw.list()
        }
        return changed
    }

    @Test(
        "a change of a single field of what is admitted is refused, unless what it leads to is admitted itself",
        arguments: 0...8)
    func singleFields(field: Int) throws {
        var draw = Draw(random: SeededRandom(UInt64(field) + 100))
        var (refused, admitted) = (0, 0)
        for _ in 0..<1_000 {
            for base in [S.call, S.cancel] {
                let transaction = Self.changed(base, field, &draw)
                let isAdmitted = try PolicyOracle.admits(.feeMarket(transaction), bound: S.bound, S.policy, account: S.account)
                #expect((S.refusal(.feeMarket(transaction)) == nil) == isAdmitted, "field \(field): \(transaction)")
                if isAdmitted { admitted += 1 } else { refused += 1 }
            }
        }
        #expect(refused > 100, "\(refused) refused, \(admitted) admitted")
        if field == 8 { #expect(admitted > 100 && refused > 1_000, "\(admitted): a list is admitted on calls, none on cancels") }
    }
}
