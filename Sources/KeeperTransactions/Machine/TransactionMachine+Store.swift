import EthPrimitives
import EthRPC

extension TransactionMachine {
    /// Writes what is decided and not yet durable: one write at a time. A signed form goes first and alone, for it waits to be sent.
    /// - Parameter endings: only what ends; what begins is written when everything else is decided.
    mutating func write(endings: Bool) {
        guard write == nil, let view, view.head.number >= writeWaitsUntil else { return }
        if case .ready = hand { return }
        var records: [Record] = []
        if endings {
            records = orders
            orders.removeAll()
            for binding in state.bindings { if let record = ending(of: binding, view) { records.append(record) } }
        } else {
            if !state.isAdopted { records += adopting(view) }
            records += unboundEndings(view)
            records += newWishes().map { .wanted($0) }
        }
        guard !records.isEmpty else { return }
        persist(records)
    }

    mutating func persist(_ records: [Record]) {
        lastWrite += 1
        let write = Write(id: lastWrite, records: records)
        self.write = write
        for record in records {
            switch record {
            case .released(let nonce), .displaced(let nonce, _), .filled(let nonce, _, _):
                changeFlight(nonce) { $0.isEnding = true }
            case .settled(let settlement): if let nonce = settlement.nonce { changeFlight(nonce) { $0.isEnding = true } }
            case .adopted, .wanted, .signed, .recalled, .paused: break
            }
        }
        actions.append(.persist(write))
    }

    private mutating func adopting(_ view: ChainView) -> [Record] {
        let history = isHistoryOver(view)
        guard history.isOver else { return [] }
        if history.isRegardless { alert(.adoptedRegardless(nonce: view.nonce)) }
        return [.adopted(nonce: view.finalizedNonce, block: view.head.number)]
    }

    mutating func takeDurable(_ id: UInt64) {
        guard let done = write, done.id == id else { return }
        write = nil
        let boundBefore = state.bindings.count
        for record in done.records {
            let key = keyUnbound(by: record)
            do throws(RecordError) {
                try state.apply(record)
            } catch {
                fault = error
                alert(.broken(error))
                return
            }
            follow(record, key)
        }
        if state.bindings.count < boundBefore { actions.append(.watch(watched)) }
    }

    /// The intent that a record takes its nonce from, without an outcome.
    private func keyUnbound(by record: Record) -> IntentKey? {
        switch record {
        case .released(let nonce), .displaced(let nonce, _): state.bindings.first { $0.nonce == nonce }?.key
        case .adopted, .wanted, .signed, .filled, .settled, .recalled, .paused: nil
        }
    }

    /// What a record means for this process, now that it is durable.
    private mutating func follow(_ record: Record, _ key: IntentKey?) {
        switch record {
        case .signed(let signed): followSigned(signed)
        case .released(let nonce), .displaced(let nonce, _):
            report(key, .unbound(nonce: nonce))
            if case .displaced(_, let hash) = record {
                alert(.foreign(nonce: nonce, hash))
            } else if flight(nonce)?.isUsed == true {
                alert(.foreign(nonce: nonce, nil))
            }
            flights.removeAll { $0.nonce == nonce }
        case .filled(let nonce, _, _): flights.removeAll { $0.nonce == nonce }
        case .settled(let settlement):
            if let nonce = settlement.nonce { flights.removeAll { $0.nonce == nonce } }
            deferrals[settlement.key] = nil
            report(settlement.key, .final(settlement.outcome))
        case .adopted, .wanted, .recalled, .paused: break
        }
    }

    mutating func takeStoreFailure(_ id: UInt64, _ reason: String) {
        guard let failed = write, failed.id == id else { return }
        write = nil
        writeWaitsUntil = (view?.head.number ?? 0) + 1
        for record in failed.records {
            switch record {
            // The form was not sent and never will be; another is signed when there is a store again.
            case .signed: hand = .idle
            case .recalled, .paused, .adopted: orders.append(record)
            case .wanted, .released, .displaced, .filled, .settled: break
            }
        }
        for index in flights.indices { flights[index].isEnding = false }
        alert(.store(reason))
    }
}
