public import EthPrimitives

/// What is known of a chain beforehand; a configuration may say otherwise, and must for chains that are not here.
public struct ChainPreset: Sendable, Hashable {
    /// When a block cannot be undone any more.
    public enum Finality: Sendable, Hashable {
        /// The node says so, by the `finalized` tag: on proof of stake after two epochs, about 13 minutes, if all goes well.
        case tag
        /// Never, in general: blocks are made on demand.
        case none
    }

    public var id: ChainID
    public var name: String
    /// Whether its money is real, or its other users are.
    public var isPublic: Bool
    /// The protocol's directory of addresses, where there is one.
    public var chainlog: Address?
    /// `nil` where blocks are made on demand, or nothing is known.
    public var slots: SlotTiming?
    public var finality: Finality
    /// What nodes of this chain do differently, for people.
    public var notes: [String]

    public init(
        id: ChainID, name: String, isPublic: Bool, chainlog: Address? = nil, slots: SlotTiming? = nil, finality: Finality = .tag,
        notes: [String] = []
    ) {
        self.id = id
        self.name = name
        self.isPublic = isPublic
        self.chainlog = chainlog
        self.slots = slots
        self.finality = finality
        self.notes = notes
    }
}

extension ChainPreset {
    /// 12 seconds, from the genesis of the beacon chain on 2020-12-01 12:00:23 UTC: slots begin at 11 modulo 12.
    public static let mainnet = ChainPreset(
        id: 1, name: "mainnet", isPublic: true,
        // A constant, which a test reads.
        chainlog: try? Address(hex: "0xdA0Ab1e0017DEbCd72Be8599041a2aa3bA7e740F"),
        slots: SlotTiming(length: 12, genesis: 1_606_824_023))

    /// Beacon genesis on 2022-06-20 14:00:00 UTC.
    public static let sepolia = ChainPreset(
        id: 11_155_111, name: "Sepolia", isPublic: true, slots: SlotTiming(length: 12, genesis: 1_655_733_600))

    /// Beacon genesis on 2025-03-17 12:10:00 UTC.
    public static let hoodi = ChainPreset(
        id: 560_048, name: "Hoodi", isPublic: true, slots: SlotTiming(length: 12, genesis: 1_742_213_400))

    /// A development chain of one's own: geth --dev, anvil, hardhat, the chain of Tests/DevNode.
    public static func local(_ id: ChainID) -> Self {
        ChainPreset(
            id: id, name: "local", isPublic: false, finality: .none,
            notes: ["blocks are made on demand", "finalized and safe may be missing or follow the head"])
    }

    /// A virtual network at Tenderly. It may bear the id of the chain that it is a copy of: what is signed for it is valid there too.
    public static func tenderly(_ id: ChainID) -> Self {
        let copied = named(id)
        return ChainPreset(
            id: id, name: copied.map { "virtual copy of \($0.name)" } ?? "Tenderly virtual network",
            isPublic: copied?.isPublic ?? false, chainlog: copied?.chainlog, finality: .none,
            notes: [
                "blocks are made on demand, one a transaction", "tenderly_* and evm_* methods change the state",
                "what is signed under a public chain's id is valid on that chain too",
            ])
    }

    /// Ids that development chains commonly have: geth's, anvil's and hardhat's.
    private static let localIDs: Set<ChainID> = [1337, 31337]

    /// Chains that are only known by name, so that nobody takes them for their own.
    private static let others: [ChainID: String] = [
        10: "OP Mainnet", 56: "BNB Smart Chain", 100: "Gnosis", 137: "Polygon", 324: "ZKsync Era", 8453: "Base",
        42161: "Arbitrum One", 43114: "Avalanche", 59144: "Linea", 534352: "Scroll", 17000: "Holesky",
    ]

    /// What is known of a chain by its id alone.
    public static func named(_ id: ChainID) -> Self? {
        if let preset = [mainnet, sepolia, hoodi].first(where: { $0.id == id }) { return preset }
        if let name = others[id] { return ChainPreset(id: id, name: name, isPublic: true) }
        return localIDs.contains(id) ? local(id) : nil
    }

    /// What is known of a chain by its id and the hosts of its endpoints. A chain that nobody knows counts as one's own.
    public static func of(_ id: ChainID, hosts: [String] = []) -> Self {
        if hosts.contains(where: isTenderly) { return tenderly(id) }
        return named(id) ?? local(id)
    }

    /// `virtual.<network>.rpc.tenderly.co`, with or without a region before it; the gateways of real networks are named otherwise.
    private static func isTenderly(_ host: String) -> Bool {
        let labels = host.lowercased().split(separator: ".")
        return labels.suffix(2) == ["tenderly", "co"] && labels.contains("rpc") && labels.contains("virtual")
    }
}
