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
    /// One `OSM.poke` or one `Spotter.poke`, called directly: nothing else is worth it.
    case single
}

/// A way to reach what is due: which oracles and spots, by which call, at which gas.
public struct PokePlan: Codable, Sendable, Hashable {
    public var method: PokeMethod
    /// Oracles that will advance.
    public var oracles: [String]
    /// Collateral types whose spot is poked.
    public var ilks: [String]
    public var gas: PokeGas
    /// Whether it is sent with an access list (EIP-2930) of what it touches.
    public var isListed: Bool

    public init(method: PokeMethod, oracles: [String], ilks: [String], gas: PokeGas, isListed: Bool = false) {
        self.method = method
        self.oracles = oracles
        self.ilks = ilks
        self.gas = gas
        self.isListed = isListed
    }

    /// For people: `multicall 4 OSMs + 6 ilks`, `MegaPoker with access list`, `OSM PIP_ETH`.
    public var title: String {
        let call =
            switch method {
            case .megaPoker: "MegaPoker"
            case .multicall:
                "multicall \(oracles.count) OSM\(oracles.count == 1 ? "" : "s") + \(ilks.count) ilk\(ilks.count == 1 ? "" : "s")"
            case .single: oracles.first.map { "OSM \($0)" } ?? ilks.first.map { "spot \($0)" } ?? "nothing"
            }
        return isListed ? "\(call) with access list" : call
    }
}

/// Spelt out because plans that were recorded before there were access lists are read too.
extension PokePlan {
    private enum CodingKeys: String, CodingKey { case method, oracles, ilks, gas, isListed }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            method: try values.decode(PokeMethod.self, forKey: .method),
            oracles: try values.decode([String].self, forKey: .oracles), ilks: try values.decode([String].self, forKey: .ilks),
            gas: try values.decode(PokeGas.self, forKey: .gas),
            isListed: try values.decodeIfPresent(Bool.self, forKey: .isListed) ?? false)
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
    /// - Parameter oracles: those that may be poked by a call of their own; with any, so may spots.
    public func callable(single oracles: [Address] = []) -> [Address: Set<Selector>] {
        var selectors: [Address: Set<Selector>] = [megaPoker: [MegaPoker.PokeCall.selector]]
        if let multicall { selectors[multicall, default: []].insert(Multicall3.Aggregate3Call.selector) }
        for oracle in oracles { selectors[oracle, default: []].insert(OSM.PokeCall.selector) }
        if !oracles.isEmpty { selectors[spotter, default: []].insert(Spotter.PokeCall.selector) }
        return selectors
    }
}

extension PokePlan {
    /// The contract to call; `nil` where the plan needs a Multicall3 and none is configured, or an oracle that is none of the facts'.
    public func target(_ facts: PokeFacts, _ contracts: PokeContracts) -> Address? {
        switch method {
        case .megaPoker: contracts.megaPoker
        case .multicall: contracts.multicall
        case .single: oracles.isEmpty ? contracts.spotter : facts.oracle(oracles.first)?.address
        }
    }

    /// The call's bytes: oracles before spots, because a spot follows from its oracle. Entries may fail one by one: one bad
    /// oracle must not hold back the others; what failed shows in the logs.
    public func callData(_ facts: PokeFacts, _ contracts: PokeContracts) -> [UInt8] {
        switch method {
        case .megaPoker: return MegaPoker.PokeCall().callData
        case .single:
            guard oracles.isEmpty, let ilk = ilks.first.flatMap(B256.init(ascii:)) else { return OSM.PokeCall().callData }
            return Spotter.PokeCall(ilk: ilk).callData
        case .multicall: break
        }
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
