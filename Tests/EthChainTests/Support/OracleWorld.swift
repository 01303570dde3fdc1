import EthChain
import EthEVM
import EthPrimitives
import EthTransactions

/// Four oracles, nine collateral types and a MegaPoker, in a state in memory; as on the local chain of Tests/DevNode.
struct OracleWorld {
    static let hour: UInt64 = 3_600
    static let chain: ChainID = 1337
    static let deployer = Address(lowBytesOf: UInt256(0xD_0001).bigEndianBytes)
    static let keeper = Address(lowBytesOf: UInt256(0xA_0001).bigEndianBytes)
    static let assets = ["BTC", "ETH", "WSTETH", "SKY"]
    /// Name, oracle and liquidation ratio in percent.
    static let ilks: [(name: String, asset: String, ratio: UInt256)] = [
        ("ETH-A", "ETH", 145), ("ETH-B", "ETH", 130), ("ETH-C", "ETH", 170), ("WBTC-A", "BTC", 150), ("WBTC-B", "BTC", 150),
        ("WBTC-C", "BTC", 175), ("WSTETH-A", "WSTETH", 150), ("WSTETH-B", "WSTETH", 175), ("LSEV2-SKY-A", "SKY", 120),
    ]
    static let pokeData = call("poke()")

    var state = MemoryState()
    var at: [String: Address] = [:]
    var number: UInt64 = 1
    /// Unix seconds.
    var time: UInt64 = 1_763_200_800 - 2 * hour
    let fork: Fork

    private static let made = Result { try OracleWorld(fork: .prague) }

    /// The world of Prague, made once.
    static func ready() throws -> OracleWorld { try made.get() }

    /// At 5 seconds before the hour: everything was poked in this one, and will be due and change in the next.
    init(fork: Fork) throws {
        self.fork = fork
        state.accounts[Self.deployer] = Account(balance: .ether(1_000))
        state.accounts[Self.keeper] = Account(nonce: 7, balance: .ether(10))
        for asset in Self.assets { try create("SRC_\(asset)", "Source", "\(asset)USD") }
        for asset in Self.assets { try create("PIP_\(asset)", "OSM", address("SRC_\(asset)")) }
        try create("VAT", "Vat")
        try create("SPOT", "Spotter", address("VAT"))
        try create("MEGA", "MegaPoker", words: Self.assets.map { address("PIP_\($0)").abiWord } + [address("SPOT").abiWord])
        try send("VAT", call("rely(address)", address("SPOT")))
        for asset in Self.assets {
            try send("SRC_\(asset)", call("kiss(address)", address("PIP_\(asset)")))
            try send("PIP_\(asset)", call("kiss(address)", address("SPOT")))
        }
        for ilk in Self.ilks {
            try send("VAT", call("init(bytes32)", ilk.name))
            try send(
                "SPOT", call("setIlk(bytes32,address,uint256)", ilk.name, address("PIP_\(ilk.asset)"), ilk.ratio * ray / 100))
        }
        for hour in 0..<3 {
            try setPrices(UInt256(1_000 + 10 * hour))
            try send("MEGA", Self.pokeData, gas: 2_000_000)
            time += Self.hour
        }
        time -= 5
        try setPrices(1_030)
    }

    private mutating func setPrices(_ price: UInt256) throws {
        for (index, asset) in Self.assets.enumerated() { try setPrice(asset, (price + UInt256(index)) * wad) }
    }

    private let ray: UInt256 = 1_000_000_000_000_000_000_000_000_000
    private let wad: UInt256 = 1_000_000_000_000_000_000

    func address(_ name: String) -> Address { at[name] ?? .zero }

    mutating func setPrice(_ asset: String, _ price: UInt256, valid: Bool = true) throws {
        try send("SRC_\(asset)", call("set(uint128,bool)", price, valid))
    }

    /// The block of the state.
    var block: PinnedBlock {
        PinnedBlock(
            hash: hash(number), number: number, parentHash: hash(number - 1), timestamp: time, gasLimit: 60_000_000,
            gasUsed: 30_000_000, baseFeePerGas: .gwei(1),
            feeRecipient: Address(lowBytesOf: UInt256(0xF_0001).bigEndianBytes),
            blobGasUsed: 0, excessBlobGas: 0, parentBeaconBlockRoot: B256())
    }

    func hash(_ number: UInt64) -> BlockHash { Keccak256.hash("block \(number) \(fork)") }

    func poke(gas: Gas = 1_000_000) -> EVMTransaction {
        EVMTransaction(sender: Self.keeper, recipient: address("MEGA"), data: Self.pokeData, gasLimit: gas)
    }

    /// Executes a transaction in the block of that time, which becomes the head.
    @discardableResult
    mutating func mine(_ transaction: EVMTransaction, at time: UInt64) throws -> ExecutionResult {
        let machine = EVM(
            BlockEnvironment(chainID: Self.chain, fork: fork, number: number + 1, timestamp: time), reader: state)
        let result = try machine.execute(transaction, checks: .call, tracing: true)
        state.apply(machine.changes)
        (number, self.time) = (number + 1, time)
        return result
    }

    mutating func send(_ name: String, _ data: [UInt8], gas: Gas = 1_000_000) throws {
        let result = try mine(
            EVMTransaction(sender: Self.deployer, recipient: address(name), data: data, gasLimit: gas), at: time)
        guard result.succeeded else { throw SimulatorError.noTransaction(index: 0) }
    }

    private mutating func create(_ name: String, _ contract: String, _ argument: (any ABIWord)? = nil) throws {
        try create(name, contract, words: argument.map { [$0.abiWord] } ?? [])
    }

    private mutating func create(_ name: String, _ contract: String, words: [B256]) throws {
        let data = try Artefact(contract).creation + words.flatMap { $0.bytes }
        let result = try mine(EVMTransaction(sender: Self.deployer, recipient: nil, data: data, gasLimit: 8_000_000), at: time)
        at[name] = result.createdAddress
    }
}
