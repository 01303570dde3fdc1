import CPeers
import EthCrypto
import EthPrimitives
import EthTransactions

/// A signed EIP-1559 transaction from its fields: payload, digest, signature, wire form, hash.
enum TransactionBench {
    static func rows() throws -> [Row] {
        peer_secp256k1_prepare(SigningBench.secret)
        let key = try PrivateKey(SigningBench.secret)
        let transaction = Samples.feeMarket
        let digest = transaction.signingHash.bytes
        return [
            Row(
                "signed 1559 transaction",
                [
                    .ours { for _ in 0..<$0 { use(transaction.signed(try key.sign(transaction.signingHash)).hash) } },
                    .peer("libsecp256k1 from C, sign only", .times(0.9)) { iterations in
                        var out = [UInt8](repeating: 0, count: 65)
                        for _ in 0..<iterations {
                            peer_secp256k1_sign(digest, &out)
                            peer_use(&out)
                        }
                    },
                    .python("eth-account, Account.sign_transaction", "transaction_eth_account", .times(18)),
                    .python("eth-account, account made before", "transaction_eth_account_object"),
                ])
        ]
    }
}
