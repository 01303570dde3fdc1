import EthPrimitives
import EthRPC
import KeeperTransactions

extension ViewReading {
    /// A word of storage, pinned by the hash of its block: which node answers makes no difference.
    static func word(_ place: WordPlace) -> RPCQuery<B256> {
        .storage(of: place.slot.address, .word(place.slot.slot), at: .hash(place.block))
    }

    static func reading(_ read: PendingRead<B256>, _ answers: ReadAnswers) -> WordReading {
        do throws(RPCError) { return .word(try answers.value(of: read)) } catch {
            return error.nodeError?.kind == .stateUnavailable ? .gone : .unread
        }
    }

    /// Asks the other nodes for words that the view's own could not tell: gone is only what none of them has.
    func askWords(
        of nodes: [NodeView], besides asked: NodeView, within limit: Duration, _ clock: RPCClock, _ view: inout ChainView
    ) async {
        let places = view.words.filter { entry in
            if case .word = entry.value { false } else { true }
        }.map(\.key)
        let others = nodes.filter { $0.label != asked.label }
        guard !places.isEmpty, !others.isEmpty else { return }
        let found = await Self.ask(others, within: limit, clock) { (node) -> [WordReading] in
            var batch = ReadBatch(at: .latest)
            let reads = places.map { batch.add(Self.word($0)) }
            let answers = try await node.provider.send(batch)
            return reads.map { Self.reading($0, answers) }
        }
        for (index, place) in places.enumerated() {
            let readings: [WordReading] = found.map { $0?[index] ?? .unread }
            if let word = readings.first(where: { if case .word = $0 { true } else { false } }) {
                view.words[place] = word
            } else if readings.contains(.unread) {
                view.words[place] = .unread
            }
        }
    }
}
