import EthCodec
import EthEVM
import EthPrimitives

/// One call on a state, that the machines in Swift, Rust and Python all run.
struct EVMSample {
    let name: String
    /// The function in peers.py, whose arguments are in the file of that name.
    let function: String
    let state: MemoryState
    let contract: Address
    let data: [UInt8]
    let gasLimit: Gas
    let timestamp: UInt64
    /// What it uses at Cancun, after refunds, and how many logs it emits; peers must come to the same.
    let gasUsed: Gas
    let logs: Int

    static let sender = Samples.address(0x11)

    var environment: BlockEnvironment {
        BlockEnvironment(chainID: 1, fork: .cancun, number: 300, timestamp: timestamp, feeRecipient: Samples.address(0x44))
    }

    var transaction: EVMTransaction {
        EVMTransaction(sender: Self.sender, recipient: contract, data: data, gasLimit: gasLimit)
    }

    init(
        _ name: String, function: String, state: MemoryState, contract: Address, data: [UInt8] = [], gasLimit: Gas = 30_000_000,
        timestamp: UInt64 = 1_700_000_000
    ) throws {
        self.name = name
        self.function = function
        self.state = state
        self.contract = contract
        self.data = data
        self.gasLimit = gasLimit
        self.timestamp = timestamp
        let block = BlockEnvironment(
            chainID: 1, fork: .cancun, number: 300, timestamp: timestamp, feeRecipient: Samples.address(0x44))
        let call = EVMTransaction(sender: Self.sender, recipient: contract, data: data, gasLimit: gasLimit)
        let result = try EVM(block, reader: state).execute(call, checks: .call)
        precondition(result.succeeded, "\(name) failed: \(result.outcome)")
        gasUsed = result.gasUsed
        logs = result.logs.count
    }

    /// For the peers.
    var json: JSON {
        .object([
            "to": .string(contract.hex), "data": .string(Hex.encode(data)), "sender": .string(Self.sender.hex),
            "gas": .integer(gasLimit), "time": .integer(timestamp), "gasUsed": .integer(gasUsed), "logs": .integer(UInt64(logs)),
            "accounts": .array(
                state.accounts.sorted { $0.key < $1.key }.map { address, account in
                    .object([
                        "address": .string(address.hex), "nonce": .integer(account.nonce),
                        "code": .string(Hex.encode(account.code.bytes)),
                        "storage": .array(
                            (state.storage[address] ?? [:]).sorted { $0.key < $1.key }.map { slot, value in
                                .array([.string(slot.bigEndianBytes.description), .string(value.bigEndianBytes.description)])
                            }),
                    ])
                }),
        ])
    }
}
