internal import EthCodec
internal import EthPrimitives
internal import EthTransactions

/// A transaction as signers read it: quantities minimal, the data under both of its names, since some read only the one and some
/// only the other, and those that read both want them to be equal.
struct SignableObject {
    let json: JSON

    /// - Throws: `RemoteSignerError.unsupported` for kinds that remote signers do not know.
    init(_ transaction: UnsignedTransaction, from account: Address) throws(RemoteSignerError) {
        let fields = transaction.transaction
        let data = JSON.string(Hex.encode(fields.data))
        var members: [JSON.Member] = [.init("from", .string(account.hex))]
        if let recipient = fields.recipient { members.append(.init("to", .string(recipient.hex))) }
        members += [
            .init("gas", Quantity.encode(fields.gasLimit)), .init("value", Quantity.encode(fields.value.rawValue)),
            .init("nonce", Quantity.encode(fields.nonce)), .init("data", data), .init("input", data),
        ]
        if let chainID = transaction.chainID { members.append(.init("chainId", Quantity.encode(chainID.rawValue))) }
        switch transaction {
        case .legacy: members.append(.init("gasPrice", Quantity.encode(transaction.fees.maxFeePerGas.rawValue)))
        case .feeMarket(let fees):
            members.append(.init("maxFeePerGas", Quantity.encode(fees.maxFeePerGas.rawValue)))
            members.append(.init("maxPriorityFeePerGas", Quantity.encode(fees.maxPriorityFeePerGas.rawValue)))
            if !fees.accessList.entries.isEmpty { members.append(.init("accessList", fees.accessList.json)) }
        case .accessList, .blob, .setCode: throw .unsupported(transaction.type)
        }
        json = .object(members)
    }
}
