import EthPrimitives

extension MachineState {
    /// Takes one more record in.
    /// - Throws: `RecordError`; the state is then as before.
    public mutating func apply(_ record: Record) throws(RecordError) {
        guard record.isWithinBounds else { throw .outOfBounds }
        switch record {
        case .adopted(let nonce, _):
            isAdopted = true
            floor = max(floor, nonce)
        case .wanted(let entry):
            guard !isOpen(entry.key), !settled.contains(where: { $0.key == entry.key }) else { throw .wantedTwice(entry.key) }
            wanted.append(entry)
        case .signed(let signed): try add(signed)
        case .released(let nonce): try unbind(nonce)
        case .displaced(let nonce, _):
            try unbind(nonce)
            floor = max(floor, nonce + 1)
        case .filled(let nonce, let cost, let time):
            try unbind(nonce)
            finish(nonce, cost, time)
        case .settled(let settlement): try settle(settlement)
        case .recalled(let key):
            if let index = wanted.firstIndex(where: { $0.key == key }) { wanted[index].isRecalled = true }
            if let index = bindings.firstIndex(where: { $0.key == key }) { bindings[index].isRecalled = true }
        case .paused(let time): pausedUntil = time
        }
    }

    /// Whether an intent has no outcome yet.
    public func isOpen(_ key: IntentKey) -> Bool {
        wanted.contains { $0.key == key } || bindings.contains { $0.key == key }
    }

    private mutating func add(_ signed: Record.Signed) throws(RecordError) {
        if let index = bindings.firstIndex(where: { $0.nonce == signed.nonce }) {
            guard bindings[index].key == signed.key else { throw .nonceTaken(signed.nonce) }
            bindings[index].add(signed.form)
            return
        }
        guard signed.nonce >= floor else { throw .nonceOver(signed.nonce) }
        var since: UInt64 = 0
        var isRecalled = false
        if let key = signed.key {
            guard let index = wanted.firstIndex(where: { $0.key == key }) else { throw .notWanted(key) }
            let entry = wanted.remove(at: index)
            (since, isRecalled) = (entry.since, entry.isRecalled)
        }
        var binding = Binding(
            nonce: signed.nonce, key: signed.key, intent: signed.intent, form: signed.form, since: since)
        binding.isRecalled = isRecalled
        bindings.insert(binding, at: bindings.firstIndex { $0.nonce > signed.nonce } ?? bindings.endIndex)
    }

    /// Takes a nonce from its intent, which is wanted as before.
    private mutating func unbind(_ nonce: Nonce) throws(RecordError) {
        guard let index = bindings.firstIndex(where: { $0.nonce == nonce }) else { throw .notBound(nonce) }
        let binding = bindings.remove(at: index)
        guard let key = binding.key, let intent = binding.intent else { return }
        var entry = Wanted(key: key, intent: intent, since: binding.since)
        entry.isRecalled = binding.isRecalled
        wanted.append(entry)
    }

    private mutating func settle(_ settlement: Settlement) throws(RecordError) {
        if let nonce = settlement.nonce {
            guard let index = bindings.firstIndex(where: { $0.nonce == nonce && $0.key == settlement.key }) else {
                throw .notBound(nonce)
            }
            bindings.remove(at: index)
            finish(nonce, settlement.cost, settlement.time)
        } else {
            guard let index = wanted.firstIndex(where: { $0.key == settlement.key }) else { throw .notWanted(settlement.key) }
            wanted.remove(at: index)
        }
        settled.append(settlement)
        let time = settlement.time
        let (recent, oldest) = (time - min(time, Self.memory), time - min(time, Self.longestMemory))
        settled.removeAll { $0.time < oldest || max($0.time, $0.deadline) < recent }
    }

    /// A transaction of ours is final.
    private mutating func finish(_ nonce: Nonce, _ cost: Wei, _ time: UInt64) {
        floor = max(floor, nonce + 1)
        costs.append(Cost(time: time, amount: cost))
        costs.removeAll { $0.time < time - min(time, Self.memory) }
    }
}
