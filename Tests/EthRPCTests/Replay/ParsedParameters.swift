import EthCodec
import EthPrimitives
import EthTransactions

@testable import EthRPC

/// Parameters of a recorded request, read into the types from which requests are built.
enum ParsedParameters {
    /// Something that no value of ours can say: such a request cannot be built.
    struct Unsayable: Error, CustomStringConvertible {
        let description: String
    }

    /// Whether a request is none that ours could build: wrong on purpose, or in a dialect that ours is not.
    static func isOutlandish(_ error: any Error) -> Bool {
        error is Unsayable || (error as? RPCError)?.code == .malformedResult
    }

    static func reader(_ json: JSON?) -> FieldReader { FieldReader(json ?? .null, path: "param") }
    static func address(_ json: JSON?) throws -> Address { try reader(json).address() }
    static func word(_ json: JSON?) throws -> B256 { try reader(json).b256() }
    static func number(_ json: JSON?) throws -> UInt64 { try reader(json).uint64() }

    static func block(_ json: JSON?) throws -> BlockReference? {
        switch json {
        case nil: return nil
        case "latest": return .latest
        case "pending": return .pending
        case "safe": return .safe
        case "finalized": return .finalized
        case "earliest": return .earliest
        case .string(let text) where text.utf8.count == 66: return .bareHash(try word(json))
        case .string: return .number(try number(json))
        case .object:
            let hash = try word(json?["blockHash"])
            guard json?["blockNumber"] == nil else { throw Unsayable(description: "a block by hash and by number") }
            return json?["requireCanonical"] == true ? .canonicalHash(hash) : .hash(hash)
        default: throw Unsayable(description: "a block \(json?.description ?? "")")
        }
    }

    static func requiredBlock(_ json: JSON?) throws -> BlockReference {
        guard let block = try block(json) else { throw Unsayable(description: "no block") }
        return block
    }

    static func storageKey(_ json: JSON?) throws -> StorageKey {
        guard let text = json?.string, text.utf8.count <= 66, text != "0x" else {
            throw Unsayable(description: "a storage key of more than 32 bytes")
        }
        return try StorageKey(reader(json))
    }

    static func call(_ json: JSON) throws -> CallRequest {
        let reader = reader(json)
        let to = try reader.optional("to")?.address()
        var call = CallRequest(from: try reader.optional("from")?.address(), to: to, data: try reader.optional("input")?.bytes())
        call.dataName = .input
        if let data = try reader.optional("data") {
            guard call.data == nil else { throw Unsayable(description: "data and input") }
            (call.data, call.dataName) = (try data.bytes(), .data)
        }
        if let type = try reader.optional("type") {
            call.type = TransactionType(rawValue: try UInt8(exactly: type.uint64()) ?? .max)
            if call.type == nil { throw Unsayable(description: "a transaction of type \(type.json)") }
        }
        call.chainID = try reader.optional("chainId").map { ChainID(try $0.uint64()) }
        call.nonce = try reader.optional("nonce")?.uint64()
        call.gas = try reader.optional("gas")?.uint64()
        call.value = try reader.optional("value")?.wei()
        let caps = (try reader.optional("maxFeePerGas")?.wei(), try reader.optional("maxPriorityFeePerGas")?.wei())
        if let price = try reader.optional("gasPrice")?.wei() {
            guard caps == (nil, nil) else { throw Unsayable(description: "a gas price and caps") }
            call.price = .gasPrice(price)
        } else if caps != (nil, nil) {
            call.price = .caps(maxFeePerGas: caps.0, maxPriorityFeePerGas: caps.1)
        }
        let blobFee = try reader.optional("maxFeePerBlobGas")?.wei()
        let hashes = try reader.optional("blobVersionedHashes")?.elements().map { try $0.b256() }
        if blobFee != nil || hashes != nil { call.blobs = .init(maxFeePerBlobGas: blobFee, versionedHashes: hashes) }
        if let list = try reader.optional("accessList") {
            call.accessList = AccessList(
                try list.elements().map { entry in
                    .init(
                        address: try entry.member("address").address(),
                        storageKeys: try entry.member("storageKeys").elements().map { try $0.b256() })
                })
        }
        call.authorizationList = try reader.optional("authorizationList")?.elements().map(authorization)
        return call
    }

    private static func authorization(_ reader: FieldReader) throws -> SignedAuthorization {
        SignedAuthorization(
            Authorization(
                chainID: try reader.member("chainId").quantity(), address: try reader.member("address").address(),
                nonce: try reader.member("nonce").uint64()),
            yParity: UInt8(truncatingIfNeeded: try reader.member("yParity").uint64()), r: try reader.member("r").quantity(),
            s: try reader.member("s").quantity())
    }

    static func accounts(_ json: JSON?) throws -> StateOverrides? {
        guard let members = json?.members else { return nil }
        func slots(_ json: JSON) throws -> [B256: B256] {
            var slots: [B256: B256] = [:]
            for member in json.members ?? [] { slots[try B256(hex: member.name)] = try word(member.value) }
            return slots
        }
        var accounts: StateOverrides = [:]
        for member in members {
            let reader = reader(member.value)
            var account = AccountOverride(
                balance: try reader.optional("balance")?.wei(), nonce: try reader.optional("nonce")?.uint64(),
                code: try reader.optional("code")?.bytes(),
                movePrecompileTo: try reader.optional("movePrecompileToAddress")?.address())
            if let state = member.value["state"] { account.storage = .replaced(try slots(state)) }
            if let difference = member.value["stateDiff"] {
                guard account.storage == nil else { throw Unsayable(description: "state and stateDiff") }
                account.storage = .changed(try slots(difference))
            }
            accounts[try address(.string(member.name))] = account
        }
        return accounts
    }

    static func blockOverrides(_ json: JSON?) throws -> BlockOverrides? {
        guard let json else { return nil }
        let reader = reader(json)
        return BlockOverrides(
            number: try reader.optional("number")?.uint64(), time: try reader.optional("time")?.uint64(),
            gasLimit: try reader.optional("gasLimit")?.uint64(), feeRecipient: try reader.optional("feeRecipient")?.address(),
            prevRandao: try reader.optional("prevRandao")?.b256(), baseFeePerGas: try reader.optional("baseFeePerGas")?.wei(),
            blobBaseFee: try reader.optional("blobBaseFee")?.wei(), beaconRoot: try reader.optional("beaconRoot")?.b256(),
            withdrawals: try reader.optional("withdrawals")?.elements().map(withdrawal))
    }

    private static func withdrawal(_ reader: FieldReader) throws -> Withdrawal { try Withdrawal(reader) }

    static func simulation(_ json: JSON) throws -> Simulation {
        let blocks = try reader(json).member("blockStateCalls").elements().map { block in
            Simulation.Block(
                overrides: try blockOverrides(block.json["blockOverrides"]), accounts: try accounts(block.json["stateOverrides"]),
                calls: try block.json["calls"]?.array?.map(call))
        }
        return Simulation(
            blocks, validation: json["validation"]?.bool, traceTransfers: json["traceTransfers"]?.bool,
            returnFullTransactions: json["returnFullTransactions"]?.bool)
    }

    static func filter(_ json: JSON) throws -> LogFilter {
        let from = try block(json["fromBlock"])
        let to = try block(json["toBlock"])
        let addresses = try json["address"].map { $0 == .null ? [] : $0.array ?? [$0] }?.map(address) ?? []
        let topics = try (json["topics"]?.array ?? []).map { position in
            try position == .null ? [] : (position.array ?? [position]).map(word)
        }
        guard let hash = json["blockHash"] else {
            return LogFilter(.range(from: from, to: to), addresses: addresses, topics: topics)
        }
        guard from == nil, to == nil else { throw Unsayable(description: "logs of a block by hash and of a range") }
        return LogFilter(.hash(try word(hash)), addresses: addresses, topics: topics)
    }
}
