import EthPrimitives
import EthRPC
import KeeperTransactions

extension MachineEvent {
    /// For a trace.
    var text: String {
        switch self {
        case .restored: "it begins"
        case .wished(let intents, let head): "at \(head.number) it is wished \(intents.map { "\($0.id)" })"
        case .saw(let view):
            "head \(view.head.number), final \(view.finalized), nonce \(view.nonce) (final \(view.finalizedNonce)), pending "
                + "\(view.pendingNonce.map { "\($0)" } ?? "-"), " + view.text
        case .signed(let ticket, _, let hash): "signed \(ticket): form \(World.id(hash))"
        case .signingFailed(let ticket, let reason): "not signed \(ticket): \(reason)"
        case .persisted(let write): "durable \(write)"
        case .persistFailed(let write, let reason): "not durable \(write): \(reason)"
        case .broadcast(let hash, let verdict): "form \(World.id(hash)): \(verdict)"
        case .located(let nonce, .foreign(let hash)): "nonce \(nonce): another's form \(World.id(hash))"
        case .located(let nonce, .own(let receipt)): "nonce \(nonce): own form \(World.id(receipt.transactionHash))"
        case .located(let nonce, .unknown): "nonce \(nonce): not found"
        case .ordered(let order): "an order: \(order)"
        }
    }
}

extension ChainView {
    fileprivate var text: String {
        sightings.map { hash, sighting in
            let name = "form \(World.id(hash)) "
            return switch sighting {
            case .mined(let receipt): name + "mined in \(receipt.blockNumber)"
            case .pooled: name + "pooled"
            case .absent: name + "absent"
            case .unmined: name + "unmined"
            }
        }.sorted().joined(separator: ", ")
            + words.map { place, reading in
                let word = if case .word(let word) = reading { "\(World.id(word))" } else { "\(reading)" }
                return ", word \(World.id(place.slot.slot)) after block \(World.id(place.block)): \(word)"
            }.sorted().joined()
    }
}

extension MachineAction {
    /// For a trace.
    var text: String {
        switch self {
        case .persist(let write): "persist \(write.id)"
        case .sign(let order): "sign \(order.ticket): nonce \(order.nonce), \(order.purpose), \(order.key.map { "\($0)" } ?? "-")"
        case .broadcast(_, let hash, let nonce): "broadcast form \(World.id(hash)), nonce \(nonce)"
        case .watch(let hashes): "watch \(hashes.map { World.id($0) })"
        case .locate(let nonce, let block): "locate nonce \(nonce) from \(block)"
        case .report(let report): "report \(report.key.map { "\($0)" } ?? "-"): \(report.news)"
        case .alert(let alert): "alert \(alert)"
        }
    }
}

extension Record {
    /// For a trace.
    var text: String {
        switch self {
        case .adopted(let nonce, let block): "adopted from nonce \(nonce) at \(block)"
        case .wanted(let entry): "wanted \(entry.key)"
        case .signed(let signed):
            "signed form \(World.id(signed.form.hash)), nonce \(signed.nonce), \(signed.key.map { "\($0)" } ?? "-"), \(signed.form.purpose)"
        case .released(let nonce): "released nonce \(nonce)"
        case .displaced(let nonce, let hash): "displaced at nonce \(nonce) by form \(World.id(hash))"
        case .filled(let nonce, _, _): "filled nonce \(nonce)"
        case .settled(let settlement): "settled \(settlement.key): \(settlement.outcome)"
        case .recalled(let key): "recalled \(key)"
        case .paused(let time): "paused until \(time)"
        }
    }
}
