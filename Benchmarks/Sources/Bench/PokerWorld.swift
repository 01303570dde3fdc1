import EthEVM
import EthPrimitives
import Foundation

/// The oracle contracts of Tests/Contracts as the local chain deploys them, in memory, an hour before everything is due.
struct PokerWorld {
    private let machine: EVM
    private var state = MemoryState()
    private var now: UInt64 = 1_700_000_000 / 3_600 * 3_600
    private let folder: URL
    private(set) var poker = Address.zero

    private struct File: Decodable { let bytecode: String }
    struct Failure: Error { let what: String }

    private static let deployer = Samples.address(0x33)
    /// Ilks by name, with the place of their oracle and their liquidation ratio in percent.
    private static let ilks: [(name: String, oracle: Int, ratio: UInt64)] = [
        ("ETH-A", 1, 145), ("ETH-B", 1, 130), ("ETH-C", 1, 170), ("WBTC-A", 0, 150), ("WBTC-B", 0, 150), ("WBTC-C", 0, 175),
        ("WSTETH-A", 2, 150), ("WSTETH-B", 2, 175), ("LSEV2-SKY-A", 3, 120),
    ]

    /// - Parameter folder: the compiled contracts.
    init(folder: URL) throws {
        self.folder = folder
        state.accounts[Self.deployer] = Account(balance: .ether(1_000))
        state.accounts[EVMSample.sender] = Account(balance: .ether(100))
        machine = EVM(BlockEnvironment(chainID: 1, fork: .cancun, number: 300, timestamp: now), reader: state)
        try build()
        state.apply(machine.changes)
    }

    /// `MegaPoker.poke()` when all four oracles are due and every price changes.
    func sample() throws -> EVMSample {
        try EVMSample(
            "MegaPoker.poke, 4 due", function: "evm_megapoker", state: state, contract: poker, data: Self.call("poke()"),
            gasLimit: 1_000_000, timestamp: now)
    }

    private mutating func build() throws {
        let sources = try (0..<4).map { _ in try create("Source", text("ETHUSD")) }
        let oracles = try sources.map { try create("OSM", word($0)) }
        let vat = try create("Vat")
        let spotter = try create("Spotter", word(vat))
        poker = try create("MegaPoker", oracles.flatMap { word($0) } + word(spotter))
        try send(vat, Self.call("rely(address)", word(spotter)))
        try send(vat, Self.call("file(bytes32,uint256)", name("Line"), Self.ray(5_000_000_000_000_000_000)))
        for (source, oracle) in zip(sources, oracles) {
            try send(source, Self.call("kiss(address)", word(oracle)))
            try send(oracle, Self.call("kiss(address)", word(spotter)))
        }
        for ilk in Self.ilks {
            let name = name(ilk.name)
            try send(vat, Self.call("init(bytes32)", name))
            let ratio = UInt256(ilk.ratio) * UInt256(10).power(25)
            try send(spotter, Self.call("setIlk(bytes32,address,uint256)", name, word(oracles[ilk.oracle]), Self.word(ratio)))
        }
        for hour in 1...4 as ClosedRange<UInt64> {
            for (index, source) in sources.enumerated() {
                let price = UInt256(1_000 + 13 * hour + UInt64(index)) * UInt256(10).power(18)
                try send(source, Self.call("set(uint128,bool)", Self.word(price), Self.word(1)))
            }
            now += 3_600
            machine.environment.timestamp = now
            // The last hour is for whoever measures.
            if hour < 4 { try send(poker, Self.call("poke()")) }
        }
    }

    private func create(_ contract: String, _ arguments: [UInt8] = []) throws -> Address {
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: folder.appendingPathComponent("\(contract).json")))
        let result = try execute(nil, Hex.decode(file.bytecode) + arguments)
        guard let address = result.createdAddress else { throw Failure(what: "no \(contract): \(result.outcome)") }
        return address
    }

    private func send(_ to: Address, _ data: [UInt8]) throws { _ = try execute(to, data) }

    private func execute(_ to: Address?, _ data: [UInt8]) throws -> ExecutionResult {
        let transaction = EVMTransaction(sender: Self.deployer, recipient: to, data: data, gasLimit: 10_000_000)
        let result = try machine.execute(transaction, checks: .call)
        guard result.succeeded else { throw Failure(what: "\(result.outcome): \(Hex.encode(result.output))") }
        return result
    }

    // MARK: Words

    private static func call(_ signature: String, _ words: [UInt8]...) -> [UInt8] {
        Array(Keccak256.hash(signature).bytes.prefix(4)) + words.joined()
    }

    private static func word(_ number: UInt256) -> [UInt8] { number.bigEndianBytes.bytes }
    private static func ray(_ number: UInt64) -> [UInt8] { word(UInt256(number) * UInt256(10).power(27)) }
    private func word(_ address: Address) -> [UInt8] { [UInt8](repeating: 0, count: 12) + address.bytes }

    private func name(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return bytes + [UInt8](repeating: 0, count: 32 - bytes.count)
    }

    /// A string as the only argument of a constructor.
    private func text(_ text: String) -> [UInt8] { Self.word(32) + Self.word(UInt256(UInt64(text.utf8.count))) + name(text) }
}

extension UInt256 {
    fileprivate func power(_ exponent: Int) -> UInt256 { (0..<exponent).reduce(1) { product, _ in product * self } }
}
