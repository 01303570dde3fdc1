import EthPrimitives
import EthRPC

extension TransactionMachine {
    /// Older views in a row after which one is believed all the same.
    private static let olderViewsAtMost = 16

    /// Takes a view in, unless it is older than what is known, or absurd.
    mutating func see(_ new: ChainView) {
        guard isPlausible(new) else { return }
        if view.map({ isOlder(new, than: $0) }) ?? isOlderThanRecords(new) {
            olderViews += 1
            guard olderViews > Self.olderViewsAtMost else { return }
            // The wishes went back with it.
            wishHead = nil
        }
        olderViews = 0
        if new.head.hash != view?.head.hash { headsUnasked += 1 }
        view = new
        if new.nonce < state.floor { alert(.finalUndone(nonce: new.nonce, floor: state.floor)) }
        if wishHead?.hash == new.head.hash { headsUnasked = 0 }
        var seen = flights
        for index in seen.indices { see(new, &seen[index]) }
        flights = seen
        seeForeign(new)
        seeAdoption(new)
    }

    /// Nonces that are used and that we never bound.
    private mutating func seeForeign(_ view: ChainView) {
        let first = max(state.floor, foreignBelow)
        guard state.isAdopted, view.nonce > first else { return }
        // What a node claims must not keep us busy: the last few say it all.
        for nonce in max(first, view.nonce - min(view.nonce, 16))..<view.nonce where !state.isBound(nonce) {
            alert(.foreign(nonce: nonce, nil))
        }
        foreignBelow = view.nonce
    }

    /// No chain comes near these bounds; below them no sum of ours overflows.
    private func isPlausible(_ view: ChainView) -> Bool {
        view.head.number < 1 << 48 && view.head.timestamp < 1 << 48 && view.nonce < 1 << 48 && view.finalized <= view.head.number
    }

    private func isOlder(_ new: ChainView, than view: ChainView) -> Bool {
        new.head.number < view.head.number || new.finalizedNonce < view.finalizedNonce || new.nonce < state.floor
    }

    /// Whether a process before this one saw newer heads: those at which it signed, and at which its wishes came up.
    private func isOlderThanRecords(_ view: ChainView) -> Bool {
        view.nonce < state.floor
            || state.bindings.contains { view.head.number < $0.latest.block || view.head.timestamp < $0.since }
            || state.wanted.contains { view.head.timestamp < $0.since }
    }

    private mutating func see(_ view: ChainView, _ flight: inout Flight) {
        guard let binding = state.bindings.first(where: { $0.nonce == flight.nonce }) else { return }
        flight.isUsed = view.nonce > flight.nonce
        var receipt: Receipt?
        var (unknown, pooled, asked) = (false, false, true)
        for form in binding.forms {
            switch view.sightings[form.hash] {
            case .mined(let found) where found.blockNumber <= view.head.number: receipt = found
            // Beyond this view's head: of another node's chain.
            case .mined, nil: unknown = true
            case .pooled: pooled = true
            case .absent: break
            case .unmined: asked = false
            }
        }
        flight.isPooled = pooled ? true : asked && !unknown ? false : nil
        if let receipt {
            flight.receipt = receipt
            flight.unexplainedSince = nil
            // A receipt of a nonce that is not used, by the same node: its index and its state are of different forks.
            flight.isUnclear = !flight.isUsed
        } else if unknown {
            flight.isUnclear = true
        } else {
            flight.isUnclear = false
            loseReceipt(&flight, binding, view)
        }
        takeWords(view, binding, &flight)
    }

    /// No form has a receipt, and all were asked about.
    private mutating func loseReceipt(_ flight: inout Flight, _ binding: Binding, _ view: ChainView) {
        guard !flight.isLocated, !(mutations.contains(.forgottenReorg) && flight.receipt != nil) else { return }
        flight.receipt = nil
        guard !flight.isUsed else {
            // The index may only lag; or another transaction has the nonce now. What was shown before is no proof any more.
            flight.unexplainedSince = flight.unexplainedSince ?? view.head.number
            return
        }
        flight.unexplainedSince = nil
        guard let lost = flight.reported else { return }
        (flight.reported, flight.isConfirmed) = (nil, false)
        // It may have been lost on its way back to the pools.
        flight.isTaken = false
        report(binding.key, .reorganised(lost.hash))
    }

    mutating func takeLocation(_ nonce: Nonce, _ location: MachineEvent.Location) {
        guard let binding = state.bindings.first(where: { $0.nonce == nonce }), let view else { return }
        switch location {
        case .unknown: break
        case .own(let receipt):
            // A report of what is no form of ours here, or not final, is no proof.
            guard binding.form(receipt.transactionHash) != nil, receipt.blockNumber <= view.finalized else { return }
            changeFlight(nonce) {
                $0.receipt = receipt
                $0.isLocated = true
                $0.isUnclear = false
            }
        case .foreign(let hash):
            guard binding.form(hash) == nil, view.finalizedNonce > nonce else { return }
            changeFlight(nonce) { $0.foreign = hash }
        }
    }

    // MARK: - A new store

    private mutating func seeAdoption(_ view: ChainView) {
        guard !state.isAdopted else { return }
        adoption.start = adoption.start ?? view.head.number
        if let pending = view.pendingNonce, pending <= view.nonce {
            adoption.quietSince = adoption.quietSince ?? view.head.number
        } else {
            adoption.quietSince = nil
            if let pending = view.pendingNonce { alert(.pendingUnknown(confirmed: view.nonce, pending: pending)) }
        }
    }

    /// Whether the account's history before this store is over, as far as that can be known.
    func isHistoryOver(_ view: ChainView) -> (isOver: Bool, isRegardless: Bool) {
        guard let start = adoption.start else { return (false, false) }
        if view.head.number >= start + policy.adoptionPatience { return (true, adoption.quietSince == nil) }
        guard view.finalized >= start, let quiet = adoption.quietSince else { return (false, false) }
        return (view.head.number >= quiet + policy.adoptionQuietBlocks, false)
    }
}
