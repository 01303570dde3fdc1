import EthCodec
import EthEVM
import EthPrimitives
import EthRPC

/// Overrides of state and block, as the parameters of a call have them.
extension ParameterReader {
    private static let accountNames: Set = ["nonce", "code", "balance", "state", "stateDiff", "movePrecompileToAddress"]
    private static let blockNames: Set = [
        "number", "difficulty", "time", "gasLimit", "feeRecipient", "prevRandao", "baseFeePerGas", "blobBaseFee", "beaconRoot",
        "withdrawals",
    ]

    /// Accounts as a call wants to see them.
    func stateOverrides() throws(RPCError) -> StateOverrides {
        guard let members = json.members else {
            throw NodeAnswer.invalid(index, "json: cannot unmarshal non-object into Go value of type override.StateOverride")
        }
        var overrides: StateOverrides = [:]
        for member in members {
            let address = try ParameterReader(json: .string(member.name), index: index).address()
            let reader = ParameterReader(json: member.value, index: index)
            overrides[address] = try reader.accountOverride(address)
        }
        return overrides
    }

    private func accountOverride(_ address: Address) throws(RPCError) -> AccountOverride {
        let type = "OverrideAccount"
        try requireObject("override.OverrideAccount", names: Self.accountNames)
        var account = AccountOverride()
        if let nonce = member("nonce", of: type) { account.nonce = try nonce.uint64() }
        if let code = member("code", of: type) { account.code = try code.bytes() }
        if let balance = member("balance", of: type) { account.balance = try balance.wei() }
        if member("movePrecompileToAddress", of: type) != nil {
            throw NodeAnswer.failure("moving precompiled contracts is not supported by this node")
        }
        let (all, some) = (member("state", of: type), member("stateDiff", of: type))
        if all != nil, some != nil { throw NodeAnswer.failure("account \(address) has both 'state' and 'stateDiff'") }
        if let all { account.storage = .replaced(try all.slots()) }
        if let some { account.storage = .changed(try some.slots()) }
        return account
    }

    private func slots() throws(RPCError) -> [B256: B256] {
        var slots: [B256: B256] = [:]
        for member in json.members ?? [] {
            let key = try ParameterReader(json: .string(member.name), index: index).hash()
            slots[key] = try ParameterReader(json: member.value, index: index).hash()
        }
        return slots
    }

    /// The block as a call wants to see it.
    func blockOverrides() throws(RPCError) -> BlockOverrides {
        try requireObject("override.BlockOverrides", names: Self.blockNames)
        func field(_ name: String, _ goName: String) -> ParameterReader? {
            guard let value = json[name], value != .null else { return nil }
            return ParameterReader(json: value, index: index, field: "BlockOverrides.\(goName)")
        }
        var block = BlockOverrides()
        if let number = field("number", "Number") {
            guard let height = try number.uint256().asUInt64, height < 1 << 63 else {
                throw NodeAnswer.invalid(index, "block number larger than int64")
            }
            block.number = height
        }
        if let time = field("time", "Time") { block.time = try time.uint64() }
        if let limit = field("gasLimit", "GasLimit") { block.gasLimit = try limit.uint64() }
        if let recipient = field("feeRecipient", "FeeRecipient") { block.feeRecipient = try recipient.address() }
        if let random = field("prevRandao", "PrevRandao") { block.prevRandao = try random.hash() }
        if let fee = field("baseFeePerGas", "BaseFeePerGas") { block.baseFeePerGas = try fee.wei() }
        if let fee = field("blobBaseFee", "BlobBaseFee") { block.blobBaseFee = try fee.wei() }
        if let root = field("beaconRoot", "BeaconRoot") { block.beaconRoot = try root.hash() }
        if let withdrawals = field("withdrawals", "Withdrawals") { block.withdrawals = try withdrawals.withdrawals() }
        return block
    }

    private func withdrawals() throws(RPCError) -> [Withdrawal] {
        var list: [Withdrawal] = []
        for element in try elements() {
            func field(_ name: String) throws(RPCError) -> ParameterReader {
                guard let field = element.member(name, of: "Withdrawal") else {
                    throw NodeAnswer.invalid(index, "missing required field '\(name)' for Withdrawal")
                }
                return field
            }
            list.append(
                Withdrawal(
                    index: try field("index").uint64(), validatorIndex: try field("validatorIndex").uint64(),
                    address: try field("address").address(), amountGwei: try field("amount").uint64()))
        }
        return list
    }
}

extension StateChanges {
    /// What overrides change of a state.
    init(_ overrides: StateOverrides, of reader: some StateReader) {
        self.init()
        for (address, override) in overrides {
            var account = reader.account(address) ?? .empty
            if let nonce = override.nonce { account.nonce = nonce }
            if let balance = override.balance { account.balance = balance }
            if let code = override.code { account.code = Bytecode(code) }
            var change = Change(account: account)
            switch override.storage {
            case .replaced(let slots):
                change.clearsStorage = true
                change.storage = Self.numbered(slots)
            case .changed(let slots): change.storage = Self.numbered(slots)
            case nil: break
            }
            accounts[address] = change
        }
    }

    private static func numbered(_ slots: [B256: B256]) -> [UInt256: UInt256] {
        Dictionary(uniqueKeysWithValues: slots.map { (UInt256(bigEndian: $0.key), UInt256(bigEndian: $0.value)) })
    }
}

extension BlockEnvironment {
    /// Takes over what overrides say.
    mutating func apply(_ overrides: BlockOverrides) {
        if let number = overrides.number { self.number = number }
        if let time = overrides.time { timestamp = time }
        if let gasLimit = overrides.gasLimit { self.gasLimit = gasLimit }
        if let feeRecipient = overrides.feeRecipient { self.feeRecipient = feeRecipient }
        if let prevRandao = overrides.prevRandao { self.prevRandao = prevRandao }
        if let baseFeePerGas = overrides.baseFeePerGas { self.baseFeePerGas = baseFeePerGas }
        if let blobBaseFee = overrides.blobBaseFee { self.blobBaseFee = blobBaseFee }
    }
}
