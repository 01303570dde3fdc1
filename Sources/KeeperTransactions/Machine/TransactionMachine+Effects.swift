import EthPrimitives
public import EthRPC

extension TransactionMachine {
    /// Blocks after which a word that nobody could read counts as gone, whatever nodes say: a day of 12-second blocks. Full nodes keep
    /// the state of 128.
    private static let unreadLastsBlocks: UInt64 = 7_200

    /// The words of storage that a view must tell of which has these receipts in its chain: those that effects of intents ask for,
    /// in the state after the receipt's block, and that are not known yet. Empty where no intent states a word.
    public func wordsToRead(for receipts: [Receipt]) -> [WordPlace] {
        var places: [WordPlace] = []
        for binding in state.bindings {
            let slots = binding.slots
            guard !slots.isEmpty, let flight = flight(binding.nonce) else { continue }
            var found = receipts
            // No view shows it, for the index lags: final blocks did.
            if flight.isLocated, let receipt = flight.receipt { found.append(receipt) }
            for receipt in found where receipt.succeeded && binding.form(receipt.transactionHash)?.purpose.isIntent == true {
                for slot in slots where word(slot, receipt, flight) == nil {
                    let place = place(of: slot, receipt)
                    if !places.contains(place) { places.append(place) }
                }
            }
        }
        return places
    }

    /// Takes the words that a view read for a flight's receipt.
    func takeWords(_ view: ChainView, _ binding: Binding, _ flight: inout Flight) {
        if mutations.contains(.storageForgotten) { flight.words = [:] }
        guard !view.words.isEmpty, let receipt = flight.receipt else { return }
        for slot in binding.slots {
            let place = place(of: slot, receipt)
            guard let reading = view.words[place] else { continue }
            // What was read once stays known, whatever another node has.
            if case .word = flight.words[place] { continue }
            flight.words[place] = reading == .unread ? nil : reading
        }
        // What belongs to blocks that forks took away.
        if flight.words.count > 64 { flight.words = flight.words.filter { $0.key.block == receipt.blockHash } }
    }

    /// Whether a flight has a receipt, and nothing is left to read that its outcome rests on.
    func isRead(_ flight: Flight) -> Bool {
        guard let receipt = flight.receipt, let binding = state.bindings.first(where: { $0.nonce == flight.nonce }) else {
            return false
        }
        return outcome(of: binding, receipt, flight, isFinal: true) != nil
    }

    /// What a binding comes to if this receipt stays; `nil` while that rests on words of storage that are not read.
    /// - Parameter isFinal: then what is gone will never be read.
    func outcome(of binding: Binding, _ receipt: Receipt, _ flight: Flight, isFinal: Bool) -> IntentOutcome? {
        if case .cancel(let cause) = binding.form(receipt.transactionHash)?.purpose { return cause.outcome }
        let mined = IntentOutcome.Mined(
            hash: receipt.transactionHash, block: receipt.blockNumber, gasUsed: receipt.gasUsed, cost: receipt.cost)
        guard receipt.succeeded else {
            let limit = binding.form(receipt.transactionHash)?.gasLimit ?? .max
            return .minedWithoutEffect(mined, receipt.gasUsed >= limit ? .outOfGas : .reverted)
        }
        if mutations.contains(.effectUnchecked) { return .minedWithEffect(mined) }
        var (missing, gone): ([String], [String]) = ([], [])
        for effect in binding.intent?.effects ?? [] {
            switch effect.evidence {
            case .log(let log): if !log.isShown(by: receipt.logs) { missing.append(effect.name) }
            case .word(let expected):
                if mutations.contains(.storageUnchecked) { continue }
                switch reading(expected.place, receipt, flight) {
                case .word(let word): if !expected.isShown(by: word) { missing.append(effect.name) }
                case .unread: return nil
                case .gone: gone.append(effect.name)
                }
            }
        }
        if !missing.isEmpty { return .minedWithoutEffect(mined, .missing(missing)) }
        if gone.isEmpty { return .minedWithEffect(mined) }
        return isFinal ? .minedWithoutEffect(mined, .unverified(gone)) : nil
    }

    private func reading(_ slot: StorageSlot, _ receipt: Receipt, _ flight: Flight) -> WordReading {
        if let word = word(slot, receipt, flight) { return .word(word) }
        if let head = view?.head.number, head > receipt.blockNumber + Self.unreadLastsBlocks { return .gone }
        return flight.words[place(of: slot, receipt)] ?? (mutations.contains(.unreadIsGone) ? .gone : .unread)
    }

    private func place(of slot: StorageSlot, _ receipt: Receipt) -> WordPlace {
        let isElsewhere = mutations.contains(.storageReadElsewhere)
        return WordPlace(block: isElsewhere ? view?.head.hash ?? receipt.blockHash : receipt.blockHash, slot: slot)
    }

    /// The word, if it was read.
    private func word(_ slot: StorageSlot, _ receipt: Receipt, _ flight: Flight) -> B256? {
        let reading =
            mutations.contains(.storageReadElsewhere)
            ? flight.words.first { $0.key.slot == slot }?.value : flight.words[place(of: slot, receipt)]
        if case .word(let word) = reading { return word }
        return nil
    }
}

extension Binding {
    /// The words of storage that its intent's effects ask for.
    var slots: [StorageSlot] {
        var slots: [StorageSlot] = []
        for effect in intent?.effects ?? [] { if case .word(let word) = effect.evidence { slots.append(word.place) } }
        return slots
    }
}
