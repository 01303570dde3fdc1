import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

@testable import EthChain

/// A line of what the independent chain in Python wrote down (`Tests/DevNode/devnode/ledger.py`).
enum LedgerLine {
    case genesis(LedgerGenesis)
    case block(LedgerBlock)

    init(_ line: [UInt8]) throws {
        let reader = FieldReader(try JSONScanner.parse(line), path: "line")
        if let genesis = try reader.optional("genesis") {
            self = .genesis(try LedgerGenesis(genesis))
        } else {
            self = .block(try LedgerBlock(reader))
        }
    }
}

/// What a chain began with.
struct LedgerGenesis {
    var configuration: LocalChainConfiguration
    var hash: BlockHash
    /// The block of an earlier chain whose state it begins with.
    var base: BlockHash?
    /// The number of a random history.
    var seed: UInt64?

    init(_ reader: FieldReader) throws {
        guard let fork = Fork(name: try reader.member("fork").text()) else { throw try reader.member("fork").expected("a fork") }
        var state = MemoryState()
        let accounts = try reader.member("accounts")
        for member in accounts.json.members ?? [] {
            let fields = FieldReader(member.value, path: "accounts.\(member.name)")
            let address = try Address(hex: member.name)
            state.accounts[address] = Account(
                nonce: try fields.optional("nonce")?.uint64() ?? 0, balance: try fields.optional("balance")?.wei() ?? .zero,
                code: Bytecode(try fields.optional("code")?.bytes() ?? []))
            for slot in try fields.optional("storage")?.json.members ?? [] {
                guard let key = Quantity.parse(slot.name), let value = Quantity.parse(slot.value.string ?? "") else {
                    throw fields.expected("slots as quantities")
                }
                state.storage[address, default: [:]][key] = value
            }
        }
        configuration = LocalChainConfiguration(
            chainID: ChainID(try reader.member("chainId").uint64()), fork: fork, genesis: state,
            genesisTime: try reader.member("timestamp").uint64(), gasLimit: try reader.member("gasLimit").uint64(),
            baseFeePerGas: try reader.member("baseFeePerGas").wei())
        configuration.feeRecipient = try reader.member("miner").address()
        configuration.extraData = try reader.member("extraData").bytes()
        hash = try reader.member("hash").b256()
        base = try reader.optional("base")?.b256()
        seed = try reader.optional("seed")?.json.uint64
    }
}

/// A block, and what became of its transactions there.
struct LedgerBlock {
    struct Receipt: Equatable {
        var succeeded: Bool
        var gasUsed: Gas
        var logs: [EVMLog]
    }

    var number: UInt64
    var hash: BlockHash
    var parentHash: BlockHash
    var template: BlockTemplate
    var transactions: [TransactionEnvelope]
    var receipts: [Receipt]

    init(_ reader: FieldReader) throws {
        number = try reader.member("number").uint64()
        hash = try reader.member("hash").b256()
        parentHash = try reader.member("parentHash").b256()
        // The chain draws them from the parent's hash, unless it says otherwise.
        let randomness = try reader.optional("prevRandao")?.b256() ?? Keccak256.hash(parentHash.bytes)
        let beaconRoot = Keccak256.hash(Array("beacon".utf8) + parentHash.bytes)
        template = BlockTemplate(
            timestamp: try reader.member("timestamp").uint64(),
            feeRecipient: try reader.optional("miner")?.address() ?? LocalChainConfiguration.defaultFeeRecipient,
            prevRandao: randomness, baseFeePerGas: try reader.member("baseFeePerGas").wei(),
            extraData: try reader.member("extraData").bytes(), parentBeaconBlockRoot: beaconRoot)
        transactions = try reader.member("transactions").elements().map { try TransactionEnvelope(decoding: $0.bytes()) }
        receipts = try reader.member("receipts").elements().map { receipt in
            Receipt(
                succeeded: try receipt.member("status").json.uint64 == 1,
                gasUsed: try Self.integer(receipt.member("gasUsed")),
                logs: try receipt.member("logs").elements().map { log in
                    EVMLog(
                        address: try log.member("address").address(),
                        topics: try log.member("topics").elements().map { try $0.b256() }, data: try log.member("data").bytes())
                })
        }
    }

    private static func integer(_ field: FieldReader) throws -> UInt64 {
        guard let value = field.json.uint64 else { throw field.expected("an integer") }
        return value
    }
}
