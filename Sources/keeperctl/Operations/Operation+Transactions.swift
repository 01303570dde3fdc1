import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions

extension Operation {
    /// Transactions and block headers, in their wire forms and as JSON-RPC spells them.
    static let transactions = [
        Operation("tx.decode", ["raw"], optional: ["chainId", "fork"]) { arguments in
            let envelope = try TransactionEnvelope(decodingPooled: arguments.bytes("raw"))
            var members = envelope.json.members ?? []
            members.append(JSON.Member("hash", .string(envelope.hash.description)))
            members.append(JSON.Member("from", .string(try arguments.sender(of: envelope).description)))
            return JSON.object(members).withChecksums
        },
        Operation("tx.hash", ["tx"]) { arguments in
            let object = try TransactionObject(FieldReader(arguments.json("tx"), path: "tx"))
            guard let envelope = object.envelope else {
                throw OperationError.badData("tx: the transaction is not signed, so that it has no hash yet: r and s are missing")
            }
            return .string(envelope.hash.description)
        },
        Operation("tx.sign", ["key", "tx"]) { try signed($0.json("tx"), by: $0.key("key")) },
        Operation("header.hash", ["header"]) { arguments in
            .string(try ExecutionHeader(FieldReader(arguments.json("header"), path: "header")).hash.description)
        },
    ]

    /// Signs a transaction object: the wire form and its hash.
    /// - Throws: `OperationError` if the object names another account as sender, what the codecs throw.
    static func signed(_ json: JSON, by key: PrivateKey) throws -> JSON {
        let object = try TransactionObject(lenient: FieldReader(json, path: "tx"))
        if let from = object.statedFrom, from != key.address {
            throw OperationError.badData("tx.from: expected \(key.address), the key's account, got \(from)")
        }
        let envelope = try object.unsigned.signed(by: key)
        return .object(["raw": .string(Hex.encode(envelope.encoded)), "hash": .string(envelope.hash.description)])
    }
}

extension OperationArguments {
    /// The sender; with `chainId` or `fork` only if a block of that chain and fork could include the transaction.
    fileprivate func sender(of envelope: TransactionEnvelope) throws -> Address {
        guard optional("chainId") != nil || optional("fork") != nil else { return try envelope.sender() }
        let chainID = try optional("chainId").map { _ throws(OperationError) in ChainID(try uint64("chainId")) }
        let rules = StatelessRules(chainID: chainID ?? envelope.unsigned.chainID ?? 1, fork: try fork() ?? .latest)
        return try rules.check(envelope)
    }

    private func fork() throws(OperationError) -> Fork? {
        guard optional("fork") != nil else { return nil }
        let name = try string("fork")
        guard let fork = Fork(name: name) else {
            throw .badData("fork: unknown fork \"\(name)\", expected one of \(Fork.allCases.map(\.name).joined(separator: ", "))")
        }
        return fork
    }
}

extension JSON {
    /// The same transaction with the EIP-55 checksum in every address.
    fileprivate var withChecksums: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.withChecksums))
        case .object(let members):
            .object(
                members.map { member in
                    guard ["to", "from", "address"].contains(member.name), let text = member.value.string,
                        let bytes = try? Hex.decode(text), let address = Address(bytes)  // what is no address stays as it is
                    else { return JSON.Member(member.name, member.value.withChecksums) }
                    return JSON.Member(member.name, .string(address.description))
                })
        default: self
        }
    }
}
