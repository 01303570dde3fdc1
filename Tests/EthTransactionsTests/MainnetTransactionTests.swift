import EthCrypto
import EthPrimitives
import EthTransactions
import TestSupport
import Testing

/// Transactions that mainnet mined.
@Suite("Mainnet pokes", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct MainnetTransactionTests {
    struct Line: Decodable { let tx: Fields }
    struct Fields: Decodable {
        let from, gas, gasPrice, hash, input, nonce, to, value, type, chainId, v, r, s: String
        let maxFeePerGas, maxPriorityFeePerGas: String?
    }

    @Test("hash to their mined hash and recover to their sender")
    func pokes() throws {
        var counts: [String: Int] = [:]
        for line in try SharedVectors.lines("mainnet/maker_poke_txs.jsonl", as: Line.self) {
            let tx = line.tx
            let (to, data) = (try Address(hex: tx.to), try Hex.decode(tx.input))
            let (chainID, nonce, gas) = (ChainID(try small(tx.chainId)), try small(tx.nonce), try small(tx.gas))
            let v = try small(tx.v)
            let signature = try Signature(r: number(tx.r), s: number(tx.s), yParity: v > 1 ? v % 2 == 0 : v == 1)
            let unsigned: UnsignedTransaction
            if let maxFee = tx.maxFeePerGas, let priority = tx.maxPriorityFeePerGas {
                unsigned = .feeMarket(
                    FeeMarketTransaction(
                        chainID: chainID, nonce: nonce, maxPriorityFeePerGas: Wei(try number(priority)),
                        maxFeePerGas: Wei(try number(maxFee)), gasLimit: gas, to: to, value: Wei(try number(tx.value)), data: data
                    ))
            } else {
                unsigned = .legacy(
                    LegacyTransaction(
                        chainID: chainID, nonce: nonce, gasPrice: Wei(try number(tx.gasPrice)), gasLimit: gas, to: to,
                        value: Wei(try number(tx.value)), data: data))
            }
            let envelope = unsigned.signed(signature)
            #expect(envelope.hash.description == tx.hash)
            #expect(try envelope.sender().hex == tx.from)
            #expect(try TransactionEnvelope(decoding: envelope.encoded) == envelope)
            #expect(IntrinsicGas(unsigned).minimumLimit <= gas)
            counts["type \(tx.type)", default: 0] += 1
        }
        print("mainnet/maker_poke_txs: \(counts.sorted { $0.key < $1.key })")
        #expect(counts.values.reduce(0, +) == 4)
    }

    private func number(_ text: String) throws -> UInt256 { try #require(UInt256(text.dropFirst(2), radix: 16)) }
    private func small(_ text: String) throws -> UInt64 { try #require(try number(text).asUInt64) }
}
