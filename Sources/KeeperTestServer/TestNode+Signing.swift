import EthCodec
public import EthCrypto
import EthPrimitives
public import EthRPC
public import EthTransactions

extension TestNode {
    /// A remote signer of one key: signs what it is asked for as its parameters spell it, after a change, and answers as a dialect
    /// does. It looks at nothing, so that a client can be seen to.
    public static func signer(
        _ key: PrivateKey, dialect: SignerDialect = .web3signer,
        _ change: @escaping @Sendable (inout FeeMarketTransaction) -> Void = { _ in }
    ) -> TestNode {
        TestNode { request throws(Refusal) in
            switch request.method {
            case "eth_accounts": return .array([.string(key.address.hex)])
            case "health_status", "account_version": return "1.0.0"
            case dialect.method: break
            default: throw Refusal(-32601, "the method \(request.method) does not exist")
            }
            guard let parameters = request.params.first else { throw Refusal(-32602, "no transaction") }
            let raw: JSON
            do {
                let object = try TransactionObject(FieldReader(parameters, path: "transaction"))
                guard case .feeMarket(var transaction) = object.unsigned else { throw Refusal(-32602, "type 2 only") }
                guard object.statedFrom == key.address else { throw Refusal(-32000, "another account") }
                change(&transaction)
                raw = .string(Hex.encode(try transaction.signed(by: key).encoded))
            } catch let refusal as Refusal {
                throw refusal
            } catch {
                throw Refusal(-32602, "\(error)")
            }
            return dialect == .clef ? .object(["raw": raw, "tx": .object(["hash": "0x"])]) : raw
        }
    }
}
