import EthCodec
import EthPrimitives
import EthTransactions
import KeeperTransactions

@testable import KeeperCore
@testable import Simulation

/// The store of one process, on a disk that fails: before anything is written, or so that nobody knows. The process may die right
/// before and right after a write.
struct WorldStore: Store {
    let chain: WorldChain
    let life: Int

    func records(of account: StoreAccount) throws(StoreError) -> [Record] { try chain.with { $0.store }.records(of: account) }

    func append(_ records: [Record], of account: StoreAccount, journal: [JSON]) throws(StoreError) {
        let failure: StoreError? = chain.with { state in
            guard state.isUp, state.life == life else { return StoreError(.notCertain, "the process is dead") }
            if state.dice.happens(state.faults.storeFailure) { return StoreError(.failed, "disk full") }
            if state.dice.happens(state.faults.crash / 2) {
                state.die()
                return StoreError(.notCertain, "the process died before the write")
            }
            let isUncertain = state.dice.happens(state.faults.storeFailure / 8)
            let isWritten = !isUncertain || state.dice.happens(500)
            if isWritten { state.write(records, journal, of: account, chain.mutant) }
            if isUncertain {
                state.tally.uncertain += 1
                return StoreError(chain.mutant == .uncertainIsFailed ? .failed : .notCertain, "no answer from the disk")
            }
            if state.dice.happens(state.faults.crash / 2) {
                state.die()
                return StoreError(.notCertain, "the process died after the write")
            }
            return nil
        }
        if let failure { throw failure }
    }

    func memory(of keeper: String) throws(StoreError) -> [UInt8]? { nil }
    func setMemory(_ bytes: [UInt8], of keeper: String) throws(StoreError) {}
}

extension WorldChain.State {
    fileprivate mutating func write(_ records: [Record], _ journal: [JSON], of account: StoreAccount, _ mutant: ShellMutant?) {
        // Told as durable, and lost by the disk all the same.
        if mutant == .writesLater, dice.happens(200) { return }
        // A store in memory always takes what it is given.
        try? store.append(records, of: account, journal: [])  // see above
        if mutant != .linesApart || dice.happens(900) { lines += journal }
        for record in records {
            let translated = translate(record)
            self.records.records.append(translated)
            inspector.record(translated, era: self.records.era, world)
            if case .settled(let settlement) = record {
                tally.outcomes += 1
                switch settlement.outcome {
                case .minedWithEffect: tally.withEffect += 1
                case .minedWithoutEffect(_, .unverified): tally.unverified += 1
                default: break
                }
            }
        }
    }

    /// The same with the world's hashes.
    private mutating func translate(_ record: Record) -> Record {
        switch record {
        case .signed(var signed):
            if Keccak256.hash(signed.form.bytes.rawValue) != signed.form.hash { object("the hash is not that of the bytes") }
            signed.form.hash = inner(signed.form.hash)
            durable.insert(World.id(signed.form.hash))
            return .signed(signed)
        case .settled(var settlement):
            switch settlement.outcome {
            case .minedWithEffect(var mined):
                mined.hash = inner(mined.hash)
                settlement.outcome = .minedWithEffect(mined)
            case .minedWithoutEffect(var mined, let shortfall):
                mined.hash = inner(mined.hash)
                settlement.outcome = .minedWithoutEffect(mined, shortfall)
            case .expired, .cancelled, .satisfiedByOther: break
            }
            return .settled(settlement)
        case .displaced(let nonce, let hash): return .displaced(nonce: nonce, by: inner(hash))
        default: return record
        }
    }

    private mutating func inner(_ hash: TransactionHash) -> TransactionHash {
        guard let id = id(of: hash) else {
            object("a record names \(hash), which nobody signed")
            return hash
        }
        return world.transactions[id].hash
    }
}
