import EthChain
import EthCodec
import EthCrypto
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

/// A local chain with the oracles of `OracleWorld`, and people who can pay.
struct LocalWorld {
    let chain: LocalChain
    let world: OracleWorld
    /// Keys that everybody may know.
    let rich: PrivateKey
    let other: PrivateKey
    let poor: PrivateKey

    /// Wei that the poor one has.
    static let pittance = Wei(1_000_000_000_000_000)
    /// Five seconds before the hour.
    static let genesisTime: UInt64 = 1_763_204_395

    init(fork: Fork = .prague, _ change: (inout LocalChainConfiguration) -> Void = { _ in }) throws {
        world = try OracleWorld.ready()
        rich = try Self.key(0xA11CE)
        other = try Self.key(0xB0B)
        poor = try Self.key(0xC0)
        var state = world.state
        for key in [rich, other] { state.accounts[key.address] = Account(balance: .ether(100)) }
        state.accounts[poor.address] = Account(balance: Self.pittance)
        var configuration = LocalChainConfiguration(fork: fork, genesis: state, genesisTime: Self.genesisTime)
        change(&configuration)
        chain = try LocalChain(configuration)
    }

    static func key(_ number: UInt64) throws -> PrivateKey { try PrivateKey(UInt256(number).bigEndianBytes.bytes) }

    /// A signed transaction of type 2.
    func transaction(
        from key: PrivateKey, nonce: Nonce, to: Address?, data: [UInt8] = [], value: Wei = .zero, gas: Gas = 100_000,
        tip: Wei = .gwei(1), cap: Wei = .gwei(50)
    ) throws -> TransactionEnvelope {
        try UnsignedTransaction.feeMarket(
            FeeMarketTransaction(
                chainID: chain.chainID, nonce: nonce, maxPriorityFeePerGas: tip, maxFeePerGas: cap, gasLimit: gas, to: to,
                value: value, data: data)
        ).signed(by: key)
    }

    func poke(nonce: Nonce = 0, gas: Gas = 1_000_000, tip: Wei = .gwei(1)) throws -> TransactionEnvelope {
        try transaction(from: rich, nonce: nonce, to: world.address("MEGA"), data: OracleWorld.pokeData, gas: gas, tip: tip)
    }

    /// What the chain answers to a request.
    func ask(_ method: String, _ params: JSON...) throws -> JSON {
        try chain.answer([RPCRequest(method: method, params: params)])[0].result()
    }

    /// The error that it answers with.
    func refusal(_ method: String, _ params: [JSON]) throws -> (code: Int, message: String)? {
        guard case .failure(let error) = try chain.answer([RPCRequest(method: method, params: params)])[0].outcome,
            case .node(let code, _) = error.code
        else { return nil }
        return (code, error.message)
    }
}
