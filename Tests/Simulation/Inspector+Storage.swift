import EthPrimitives
import EthRPC
import KeeperTransactions

extension Inspector {
    /// A word that a life of a process was told.
    struct WordKnown: Sendable, Hashable {
        var process: Int
        var life: Int
        var place: WordPlace
    }

    /// A process believed a view with these words.
    /// - Returns: how many of them it did not know.
    mutating func noteWords(_ words: [WordPlace: WordReading], _ process: Int, life: Int) -> Int {
        var count = 0
        for (place, reading) in words {
            guard case .word = reading else { continue }
            if wordsKnown.insert(WordKnown(process: process, life: life, place: place)).inserted { count += 1 }
        }
        return count
    }

    /// That an effect was not verified is true only of words that this life was never told, and that no node has any more.
    mutating func checkUnverified(_ record: Record, _ process: Int, life: Int, _ world: World) {
        guard case .settled(let settlement) = record,
            case .minedWithoutEffect(let facts, .unverified(let names)) = settlement.outcome
        else { return }
        let slot = Int(settlement.key.id.epoch)
        guard let block = world.block(of: world.transactions[World.id(facts.hash)], on: world.tip) else { return }
        for effect in world.effects(of: slot) where names.contains(effect.name) {
            guard case .word(let word) = effect.evidence else {
                object(.unverified, "\(settlement.key): \(effect.name) is a log")
                continue
            }
            let place = WordPlace(block: block.header.hash, slot: word.place)
            if wordsKnown.contains(WordKnown(process: process, life: life, place: place)) {
                object(.unverified, "\(settlement.key): \(effect.name) was read")
            }
            if !world.isForgotten(block) { object(.unverified, "\(settlement.key): a node has \(effect.name)") }
        }
    }
}
