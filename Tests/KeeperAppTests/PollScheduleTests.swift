import EthPrimitives
import EthRPC
import KeeperCore
import Testing

@testable import KeeperApp

@Suite("When to ask for the next head")
struct PollScheduleTests {
    /// A slot's start on mainnet: 11 modulo 12.
    private static let slot: UInt64 = 1_700_000_015
    private static let far: UInt64 = 1 << 40

    private static func head(_ timestamp: UInt64) -> BlockHeader {
        BlockHeader(
            number: 1, hash: BlockHash(), parentHash: BlockHash(), timestamp: timestamp, gasLimit: 1, gasUsed: 0,
            baseFeePerGas: nil)
    }

    private let schedule = PollSchedule(
        clock: .wall, slots: ChainPreset.mainnet.slots, pollMilliseconds: 2000, idleInterval: 60)

    @Test("phases follow from the genesis of the beacon chains")
    func phases() {
        #expect(ChainPreset.mainnet.slots == SlotTiming(length: 12, phase: 11))
        #expect(ChainPreset.sepolia.slots == SlotTiming(length: 12, phase: 0))
        #expect(ChainPreset.hoodi.slots == SlotTiming(length: 12, phase: 0))
        #expect(Self.slot % 12 == 11)
        for time in Self.slot..<(Self.slot + 12) { #expect(ChainPreset.mainnet.slots?.start(of: time) == Self.slot) }
        #expect(SlotTiming(length: 12, phase: 11).start(of: 5) == 0)
    }

    @Test(
        "with the slot's block at hand the next poll is a second into the next slot", arguments: [1500, 3000, 10_500] as [UInt64])
    func nextSlot(into: UInt64) {
        let now = Self.slot * 1000 + into
        #expect(schedule.wait(after: Self.head(Self.slot), wake: 0, now: now) == 13_000 - into)
    }

    @Test("while the block is expected: every two seconds; when it did not come, a second into the next slot")
    func expected() {
        let head = Self.head(Self.slot - 12)
        let waits = [1000, 3000, 5000].map { schedule.wait(after: head, wake: 0, now: Self.slot * 1000 + $0) }
        #expect(waits == [2000, 2000, 8000])
    }

    @Test("when nothing is near: when nodes have the first block worth observing, within the idle interval")
    func idle() {
        let now = Self.slot * 1000 + 3000
        #expect(schedule.wait(after: Self.head(Self.slot), wake: Self.far, now: now) == 60_000)
        #expect(schedule.wait(after: Self.head(Self.slot), wake: Self.slot + 30, now: now) == 36_500)
        #expect(schedule.wait(after: Self.head(Self.slot), wake: Self.slot + 36, now: now) == 36_500)
    }

    @Test("a head stamped far ahead puts nobody to sleep")
    func ahead() {
        let wait = schedule.wait(after: Self.head(Self.slot + 1_000_000), wake: 0, now: Self.slot * 1000 + 3000)
        #expect(wait == 2000)
    }

    @Test("any wait is at least a poll's, and ends")
    func bounds() {
        for into in stride(from: 0 as UInt64, to: 24_000, by: 137) {
            for lag in 0..<5 as Range<UInt64> {
                for wake in [0, Self.slot, Self.slot + 40, Self.far] {
                    let wait = schedule.wait(after: Self.head(Self.slot - 12 * lag), wake: wake, now: Self.slot * 1000 + into)
                    #expect(wait >= 1 && wait <= 73_000)
                }
            }
        }
    }

    @Test("a head is late four seconds into the next slot")
    func late() {
        let head = Self.head(Self.slot)
        #expect(!schedule.isLate(after: head, now: (Self.slot + 12) * 1000 + 3999))
        #expect(schedule.isLate(after: head, now: (Self.slot + 12) * 1000 + 4000))
        var unknown = schedule
        unknown.slots = nil
        #expect(!unknown.isLate(after: head, now: .max / 2))
        #expect(unknown.wait(after: head, wake: 0, now: Self.slot * 1000) == 2000)
    }

    @Test("on chain time: the poll interval, nothing else")
    func chainTime() {
        let chain = PollSchedule(clock: .chain, slots: ChainPreset.mainnet.slots, pollMilliseconds: 10, idleInterval: 60)
        #expect(chain.wait(after: Self.head(Self.slot), wake: Self.far, now: 0) == 10)
    }
}
