import EthCodec
import EthPrimitives
import EthRPC

/// The state overrides of `eth_call` in a file: `{"0x…": {"balance": "0x1", "nonce": "0x1", "code": "0x", "stateDiff": {"0x…": "0x…"}}}`.
enum OverrideFile {
    private static let names: Set<String> = ["balance", "nonce", "code", "state", "stateDiff", "movePrecompileToAddress"]

    static func read(_ path: String) throws(OperationError) -> StateOverrides {
        let json = try InputText.json(path == "-" ? path : "@" + path, "--override")
        guard let members = json.members else { throw .badData("--override: expected an object, got \(json.kind)") }
        var overrides: StateOverrides = [:]
        for member in members {
            let account = try OperationError.named("--override: \(member.name.prefix(80))") { () throws(AddressError) in
                try Address(hex: member.name)
            }
            let own = try OperationError.of { () throws(RPCError) in
                try read(FieldReader(member.value, path: "--override: \(account)"))
            }
            guard overrides.updateValue(own, forKey: account) == nil else {
                throw .badData("--override: \(account) is there twice")
            }
        }
        return overrides
    }

    private static func read(_ reader: FieldReader) throws(RPCError) -> AccountOverride {
        if let unknown = reader.json.members?.first(where: { !names.contains($0.name) }) {
            throw RPCError(.malformedResult, "\(reader.path): unknown member \"\(unknown.name.prefix(80))\"")
        }
        var account = AccountOverride()
        account.balance = try reader.optional("balance")?.wei()
        account.nonce = try reader.optional("nonce")?.uint64()
        account.code = try reader.optional("code")?.bytes()
        account.movePrecompileTo = try reader.optional("movePrecompileToAddress")?.address()
        let (state, difference) = (try reader.optional("state"), try reader.optional("stateDiff"))
        guard state == nil || difference == nil else {
            throw RPCError(.malformedResult, "\(reader.path): expected state or stateDiff, not both")
        }
        if let state { account.storage = .replaced(try slots(state)) }
        if let difference { account.storage = .changed(try slots(difference)) }
        return account
    }

    private static func slots(_ reader: FieldReader) throws(RPCError) -> [B256: B256] {
        guard let members = reader.json.members else { throw reader.expected("an object") }
        var slots: [B256: B256] = [:]
        for member in members {
            let key = try FieldReader(.string(member.name), path: "\(reader.path)'s slot").b256()
            slots[key] = try FieldReader(member.value, path: "\(reader.path)[\(key)]").b256()
        }
        return slots
    }
}
