public import KeeperTransactions
import EthCodec
import EthContracts
public import EthPrimitives
import KeeperCore

/// How to poke.
public enum PokeMethod: String, Codable, Sendable, Hashable {
    /// The MegaPoker, whole.
    case megaPoker = "mega-poker"
    /// Multicall3 over what is worth it.
    case multicall
}

/// A way to reach what is due: which oracles and spots, by which call, at which gas.
public struct PokePlan: Codable, Sendable, Hashable {
    public var method: PokeMethod
    /// Oracles that will advance.
    public var oracles: [String]
    /// Collateral types whose spot is poked.
    public var ilks: [String]
    public var gas: PokeGas

    public init(method: PokeMethod, oracles: [String], ilks: [String], gas: PokeGas) {
        self.method = method
        self.oracles = oracles
        self.ilks = ilks
        self.gas = gas
    }

    /// For people: `multicall 4 OSMs + 6 ilks`, `MegaPoker`.
    public var title: String {
        switch method {
        case .megaPoker: "MegaPoker"
        case .multicall:
            "multicall \(oracles.count) OSM\(oracles.count == 1 ? "" : "s") + \(ilks.count) ilk\(ilks.count == 1 ? "" : "s")"
        }
    }
}

/// Addresses that calls go to.
public struct PokeContracts: Codable, Sendable, Hashable {
    public var megaPoker: Address
    public var multicall: Address?
    public var spotter: Address
    public var vat: Address

    public init(megaPoker: Address, multicall: Address?, spotter: Address, vat: Address) {
        self.megaPoker = megaPoker
        self.multicall = multicall
        self.spotter = spotter
        self.vat = vat
    }
}

extension PokeContracts {
    /// All that plans call: what `PokePlan.callData` begins with, by `PokePlan.target`.
    public var callable: [Address: Set<Selector>] {
        var selectors: [Address: Set<Selector>] = [megaPoker: [MegaPoker.PokeCall.selector]]
        if let multicall { selectors[multicall, default: []].insert(Multicall3.Aggregate3Call.selector) }
        return selectors
    }
}

extension PokePlan {
    /// The contract to call; `nil` where the plan needs a Multicall3 and none is configured.
    public func target(_ contracts: PokeContracts) -> Address? {
        method == .megaPoker ? contracts.megaPoker : contracts.multicall
    }

    /// The call's bytes: oracles before spots, because a spot follows from its oracle. Entries may fail one by one: one bad
    /// oracle must not hold back the others; what failed shows in the logs.
    public func callData(_ facts: PokeFacts, _ contracts: PokeContracts) -> [UInt8] {
        guard method == .multicall else { return MegaPoker.PokeCall().callData }
        var calls = facts.oracles.filter { oracles.contains($0.name) }.map {
            Multicall3.Call3(target: $0.address, allowFailure: true, callData: ABIBytes(OSM.PokeCall().callData))
        }
        for ilk in ilks {
            guard let name = B256(ascii: ilk) else { continue }
            calls.append(
                Multicall3.Call3(
                    target: contracts.spotter, allowFailure: true, callData: ABIBytes(Spotter.PokeCall(ilk: name).callData)))
        }
        return Multicall3.Aggregate3Call(calls: calls).callData
    }

    /// The logs that show that the plan was carried out in full.
    public func expectedEffects(_ facts: PokeFacts, _ contracts: PokeContracts) -> [ExpectedEffect] {
        let advanced = facts.oracles.filter { oracles.contains($0.name) }.map {
            ExpectedEffect(name: $0.name, address: $0.address, topic: OSM.LogValueEvent.topic0)
        }
        let written = ilks.compactMap { ilk in
            B256(ascii: ilk).map {
                ExpectedEffect(name: ilk, address: contracts.spotter, topic: Spotter.PokeEvent.topic0, word: $0)
            }
        }
        return advanced + written
    }
}
