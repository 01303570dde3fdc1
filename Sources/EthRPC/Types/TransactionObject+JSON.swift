public import EthCodec
internal import EthCrypto
internal import EthPrimitives
public import EthTransactions

extension UnsignedTransaction {
    /// The members of the JSON-RPC object: quantities minimal, addresses in lower case, `to` null where a contract is created.
    /// `chainId` is left out where no chain is bound.
    public var json: JSON { .object(members) }

    fileprivate var members: [JSON.Member] {
        let fields = transaction
        var members: [JSON.Member] = [.init("type", Quantity.encode(UInt64(type.rawValue)))]
        if let chainID { members.append(.init("chainId", Quantity.encode(chainID.rawValue))) }
        members += [
            .init("nonce", Quantity.encode(fields.nonce)), .init("gas", Quantity.encode(fields.gasLimit)),
            .init("to", fields.recipient.map { .string($0.hex) } ?? .null),
            .init("value", Quantity.encode(fields.value.rawValue)), .init("input", .string(Hex.encode(fields.data))),
        ]
        switch type {
        case .legacy, .accessList: members.append(.init("gasPrice", Quantity.encode(fees.maxFeePerGas.rawValue)))
        case .feeMarket, .blob, .setCode:
            members.append(.init("maxFeePerGas", Quantity.encode(fees.maxFeePerGas.rawValue)))
            members.append(.init("maxPriorityFeePerGas", Quantity.encode(fees.maxPriorityFeePerGas.rawValue)))
        }
        if type != .legacy { members.append(.init("accessList", accessList.json)) }
        switch self {
        case .blob(let blob):
            members.append(.init("maxFeePerBlobGas", Quantity.encode(blob.maxFeePerBlobGas.rawValue)))
            members.append(.init("blobVersionedHashes", .array(blob.blobVersionedHashes.map { .string($0.description) })))
        case .setCode(let setCode):
            members.append(.init("authorizationList", .array(setCode.authorizationList.map(\.json))))
        case .legacy, .accessList, .feeMarket: break
        }
        return members
    }
}

extension TransactionEnvelope {
    /// The members of the JSON-RPC object with the signature: `v`, `r`, `s`, and for a typed transaction `yParity`.
    /// Hash and sender are not among them: recovering the sender costs a curve operation that can fail.
    public var json: JSON {
        let parity = Quantity.encode(signature.yParity ? 1 : 0 as UInt64)
        var members = unsigned.members
        if case .legacy(let signed) = self {
            members.append(.init("v", Quantity.encode(signed.transaction.v(of: signature))))
        } else {
            members += [.init("v", parity), .init("yParity", parity)]
        }
        members += [.init("r", Quantity.encode(signature.r)), .init("s", Quantity.encode(signature.s))]
        return .object(members)
    }
}

extension AccessList {
    /// The array of JSON-RPC.
    public var json: JSON {
        .array(
            entries.map { entry in
                .object([
                    "address": .string(entry.address.hex),
                    "storageKeys": .array(entry.storageKeys.map { .string($0.description) }),
                ])
            })
    }
}

extension SignedAuthorization {
    /// The object of JSON-RPC.
    public var json: JSON {
        .object([
            "chainId": Quantity.encode(authorization.chainID), "address": .string(authorization.address.hex),
            "nonce": Quantity.encode(authorization.nonce), "yParity": Quantity.encode(UInt64(yParity)),
            "r": Quantity.encode(r), "s": Quantity.encode(s),
        ])
    }
}
