public import EthPrimitives

extension PokeGasModel {
    /// What an access list saves that leaves out the account that is called: never less than nothing.
    public func listSaving(_ footprint: PokeFootprint) -> Gas {
        Gas(footprint.accounts) * listedAccount + Gas(footprint.slots) * listedSlot + Gas(footprint.firstWrites)
            * listedFirstWrite
    }

    /// The gas of a transaction that announces everything that it touches, the account that it calls too, as a node's list does: for a
    /// single call more than without.
    /// - Parameter used: without a list.
    public func wholeList(_ used: Gas, _ footprint: PokeFootprint) -> Gas {
        let saved = listSaving(footprint) + Gas(footprint.ownSlots) * listedSlot
        return used + (footprint.ownSlots > 0 ? listedWarmAccount : 0) - min(saved, used)
    }
}
