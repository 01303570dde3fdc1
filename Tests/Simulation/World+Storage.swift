import EthPrimitives
import KeeperTransactions

extension World {
    /// The part of a word that a slot's intent looks at: its last eight bytes. The rest is noise.
    private static let mask = B256(number: .max, tag: 0)

    private static func storageSlot(_ slot: Int) -> StorageSlot {
        StorageSlot(address: Scenario.target, slot: B256(number: UInt64(slot), tag: 6))
    }

    /// What a slot's intent states.
    func effects(of slot: Int) -> [ExpectedEffect] {
        var effects: [ExpectedEffect] = []
        if scenario.evidence != .word {
            effects.append(
                ExpectedEffect(
                    name: "poke", address: Scenario.target, topic: Scenario.topic, word: B256(number: UInt64(slot), tag: 5)))
        }
        if scenario.evidence != .log {
            let word = ExpectedWord(
                Self.storageSlot(slot), mask: Self.mask, value: B256(number: Self.value(slot, isWritten: true), tag: 0))
            effects.append(ExpectedEffect(name: "word", .word(word)))
        }
        return effects
    }

    private static func value(_ slot: Int, isWritten: Bool) -> UInt64 { isWritten ? 1_000 + UInt64(slot) : UInt64(slot) }

    /// Whether everything that a call's intent states is true after its block.
    func hasEffect(_ mined: SimMined, in block: SimBlock) -> Bool {
        guard mined.succeeded, case .call(let slot) = transactions[mined.transaction].content else { return false }
        let isWritten = block.written & (1 << UInt64(slot)) != 0
        return switch scenario.evidence {
        case .log: mined.hasEffect
        case .word: isWritten
        case .both: mined.hasEffect && isWritten
        }
    }

    /// What a view tells of a word: as its own node has it, else as one of the others does.
    mutating func reading(_ place: WordPlace, _ node: Int) -> WordReading? {
        let block = blocks[Self.id(place.block)]
        var reading = WordReading.gone
        for index in [node] + nodes.indices.filter({ $0 != node }) {
            if dice.happens(faults.wordFailure) || block.number > blocks[nodes[index].head].number {
                reading = .unread
            } else if !nodes[index].hasPruned(block.number) {
                return .word(word(Self.id(place.slot.slot), after: block))
            }
        }
        // A view may leave out what it could not read.
        return reading == .unread && dice.happens(500) ? nil : reading
    }

    func word(_ slot: Int, after block: SimBlock) -> B256 {
        B256(
            number: Self.value(slot, isWritten: block.written & (1 << UInt64(slot)) != 0),
            tag: UInt8(truncatingIfNeeded: block.index))
    }

    /// Whether no node has the state after a block any more.
    /// - Parameter first: the first node that can be asked.
    func isForgotten(_ block: SimBlock, from first: Int = 0) -> Bool {
        nodes[first...].allSatisfy { $0.hasPruned(block.number) }
    }
}
