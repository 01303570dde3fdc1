import EthPrimitives
import EthTransactions
import Foundation
import Testing

@testable import KeeperTransactions

@Suite("Records")
struct RecordTests {
    private let key = IntentKey(id: Rig.wish().id, attempt: 1)
    private let other = IntentKey(id: Rig.wish(2).id, attempt: 1)

    private func form(_ number: UInt8, fee: UInt64 = 3) -> SignedForm {
        SignedForm(
            hash: Keccak256.hash([number]), bytes: Bytes([number]), purpose: .intent,
            caps: FeeCaps(maxFeePerGas: .gwei(fee), maxPriorityFeePerGas: .gwei(1)), gasLimit: 100_000, block: 7)
    }

    private func wanted(_ key: IntentKey) -> Record { .wanted(Wanted(key: key, intent: Rig.wish(key.id.epoch), since: 12)) }

    private func signed(_ key: IntentKey, _ nonce: Nonce, _ form: SignedForm) -> Record {
        .signed(Record.Signed(nonce: nonce, key: key, intent: Rig.wish(key.id.epoch), form: form))
    }

    @Test("every record survives JSON")
    func codable() throws {
        let mined = IntentOutcome.Mined(hash: Keccak256.hash([8]), block: 9, gasUsed: 10, cost: Wei(11))
        let outcomes: [IntentOutcome] = [
            .minedWithEffect(mined), .minedWithoutEffect(mined, .missing(["a"])), .minedWithoutEffect(mined, .outOfGas),
            .minedWithoutEffect(mined, .unverified(["a", "b"])), .expired,
            .cancelled(.unsendable), .satisfiedByOther,
        ]
        var records: [Record] = [
            .adopted(nonce: 3, block: 4), wanted(key), signed(key, 5, form(1)), .released(nonce: 5),
            .displaced(nonce: 6, by: Keccak256.hash([1])), .filled(nonce: 7, cost: Wei(5), time: 6), .recalled(key),
            .paused(until: 9),
        ]
        records += outcomes.map { .settled(Settlement(key: key, outcome: $0, nonce: 5, cost: Wei(1), time: 2, deadline: 3)) }
        let data = try JSONEncoder().encode(records)
        #expect(try JSONDecoder().decode([Record].self, from: data) == records)
    }

    @Test("an intent without an access list is written as before there were any, and one with a list survives JSON")
    func accessList() throws {
        var intent = Rig.wish()
        let plain = try JSONEncoder().encode(intent)
        #expect(!String(decoding: plain, as: UTF8.self).contains("accessList"))
        #expect(try JSONDecoder().decode(TransactionIntent.self, from: plain) == intent)
        intent.accessList = [.init(address: Rig.target, storageKeys: [Keccak256.hash([4])])]
        let listed = try JSONEncoder().encode(intent)
        #expect(try JSONDecoder().decode(TransactionIntent.self, from: listed) == intent)
    }

    @Test("a nonce is bound with its first form, holds all forms, and reserves for the dearest")
    func bound() throws {
        let state = try MachineState(replaying: [wanted(key), signed(key, 5, form(1, fee: 9)), signed(key, 5, form(2))])
        let binding = try #require(state.bindings.first)
        #expect(binding.forms.count == 2 && binding.latest.hash == Keccak256.hash([2]) && state.wanted.isEmpty)
        #expect(state.reserved == Wei.gwei(9) * 100_000 && binding.highest.maxFeePerGas == .gwei(9))
    }

    @Test("a released or displaced intent is wanted still; a settled one is not")
    func ends() throws {
        let begin = [wanted(key), signed(key, 5, form(1))]
        let released = try MachineState(replaying: begin + [.released(nonce: 5)])
        #expect(released.wanted.map(\.key) == [key] && released.bindings.isEmpty && released.floor == 0)
        let displaced = try MachineState(replaying: begin + [.displaced(nonce: 5, by: Keccak256.hash([3]))])
        #expect(displaced.wanted.map(\.key) == [key] && displaced.floor == 6)
        let settled = try MachineState(
            replaying: begin + [
                .settled(Settlement(key: key, outcome: .expired, nonce: 5, cost: Wei(70), time: 1_000, deadline: 900))
            ])
        #expect(settled.wanted.isEmpty && settled.bindings.isEmpty && settled.settled.count == 1)
        #expect(settled.spent(at: 1_000 + 86_399) == Wei(70) && settled.spent(at: 1_000 + 86_400) == .zero)
    }

    @Test("a settlement is kept for two days, and for two days beyond its deadline")
    func kept() throws {
        func state(_ deadline: UInt64, next: UInt64) throws -> [IntentKey] {
            try MachineState(replaying: [
                wanted(key), wanted(other),
                .settled(Settlement(key: key, outcome: .expired, nonce: nil, cost: .zero, time: 1_000, deadline: deadline)),
                .settled(Settlement(key: other, outcome: .expired, nonce: nil, cost: .zero, time: next, deadline: 0)),
            ]).settled.map(\.key)
        }
        #expect(try state(900, next: 1_000 + 172_800) == [key, other])
        #expect(try state(900, next: 1_001 + 172_800) == [other])
        #expect(try state(5_000, next: 5_000 + 172_800) == [key, other])
        #expect(try state(5_000, next: 5_001 + 172_800) == [other])
        #expect(try state(.max, next: 1_000 + 2_764_800) == [key, other])
        #expect(try state(.max, next: 1_001 + 2_764_800) == [other])
        #expect(try state(.max, next: .max) == [other])
    }

    @Test("records that contradict each other are refused")
    func contradictions() throws {
        func error(_ records: [Record]) -> RecordError? {
            do throws(RecordError) {
                _ = try MachineState(replaying: records)
                return nil
            } catch { return error }
        }
        let begin = [wanted(key), wanted(other), signed(key, 5, form(1))]
        #expect(error(begin + [signed(other, 5, form(2))]) == .nonceTaken(5))
        #expect(error([signed(key, 5, form(1))]) == .notWanted(key))
        #expect(error(begin + [wanted(key)]) == .wantedTwice(key))
        #expect(error(begin + [.released(nonce: 6)]) == .notBound(6))
        #expect(error(begin + [.displaced(nonce: 5, by: Keccak256.hash([3])), signed(other, 4, form(2))]) == .nonceOver(4))
        let end = Record.settled(Settlement(key: key, outcome: .expired, nonce: 5, cost: .zero, time: 1, deadline: 2))
        #expect(error(begin + [end, end]) == .notBound(5))
    }

    @Test(
        "nonces, heights and attempts that cannot be are refused; any time is counted with",
        arguments: [.max, 1 << 53] as [UInt64])
    func bounds(number: UInt64) throws {
        let begin = [wanted(key)]
        for record: Record in [
            .adopted(nonce: number, block: 1), .adopted(nonce: 0, block: number), signed(key, number, form(1)),
            .released(nonce: number), .displaced(nonce: number, by: Keccak256.hash([3])),
            .filled(nonce: number, cost: Wei(1), time: 1), wanted(IntentKey(id: key.id, attempt: .max)),
        ] {
            #expect(throws: RecordError.outOfBounds, "\(record)") { _ = try MachineState(replaying: begin + [record]) }
        }
        let late = Record.settled(Settlement(key: key, outcome: .expired, nonce: 5, cost: Wei(7), time: number, deadline: number))
        let state = try MachineState(replaying: begin + [signed(key, 5, form(1)), late])
        #expect(state.spent(at: 1_000) == Wei(7) && state.spent(at: number) == Wei(7))
    }
}
