import EthPrimitives

/// An effective poke of the recorded history, seen by the oracle's state.
struct RecordedPoke: Sendable, Hashable {
    var oracle: String
    /// Unix seconds.
    var slot: UInt64
    /// What the source gave.
    var next: Reading
}

/// The recorded facts from head to head: it remembers what guards do not read, and sees what others did.
struct RecordedHistory: Sendable {
    private(set) var facts: PokeFacts

    init(_ facts: PokeFacts) { self.facts = facts }

    /// What happened between two heads.
    struct Step: Sendable {
        var pokes: [RecordedPoke] = []
        /// Oracles that governance changed.
        var changed: [OracleFacts] = []
    }

    /// Takes in the facts at the next head.
    mutating func advance(to recorded: PokeFacts) -> Step {
        var step = Step()
        var merged = recorded
        if merged.ilks.isEmpty {
            merged.ilks = facts.ilks
            merged.par = facts.par
        }
        merged.dailyLast = recorded.dailyLast ?? facts.dailyLast
        for index in merged.oracles.indices {
            let now = merged.oracles[index]
            guard let before = facts.oracle(now.name) else { continue }
            if now.sourceReading == .unread { merged.oracles[index].sourceReading = before.sourceReading }
            if now.zzz > before.zzz {
                step.pokes.append(RecordedPoke(oracle: now.name, slot: now.zzz, next: now.next))
            } else if now.current != before.current || now.next != before.next || now.zzz != before.zzz {
                step.changed.append(merged.oracles[index])
            }
        }
        facts = merged
        return step
    }
}
