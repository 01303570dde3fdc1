import EthCrypto
import EthPrimitives
import EthTransactions
import Foundation
import TestSupport
import Testing

/// Raw transactions of the Ethereum test suite, valid and not.
@Suite("Strict decoding", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
struct StrictDecodingTests {
    struct Case: Decodable {
        let txbytes: String
        let result: [String: Verdict]
    }
    struct Verdict: Decodable {
        let exception, hash, intrinsicGas, sender: String?
    }

    /// Why we refuse a transaction.
    enum Refusal: Hashable {
        case decoding, notSupportedYet, chain, gas, sender
    }

    @Test("takes the valid ones and refuses the others")
    func cases() throws {
        let folder = SharedVectors.root.appending(path: "ethereum-tests/TransactionTests")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var valid = 0
        var refusals: [Refusal: Int] = [:]
        for case let file as URL in files where file.pathExtension == "json" {
            for (name, test) in try JSONDecoder().decode([String: Case].self, from: Data(contentsOf: file)) {
                let verdict = try #require(["Cancun", "Shanghai", "London"].compactMap { test.result[$0] }.first)
                switch try judge(test.txbytes) {
                case .success((let envelope, let sender)):
                    #expect(verdict.exception == nil, "\(name) was taken")
                    #expect(envelope.hash.description == verdict.hash, "\(name)")
                    #expect(sender.hex == verdict.sender, "\(name)")
                    let intrinsic = try #require(UInt64((verdict.intrinsicGas ?? "").dropFirst(2), radix: 16))
                    #expect(IntrinsicGas(envelope.unsigned).standard == intrinsic, "\(name)")
                    valid += 1
                case .failure(let refused):
                    #expect(verdict.exception != nil || refused.refusal == .notSupportedYet, "\(name) was refused: \(refused)")
                    refusals[refused.refusal, default: 0] += 1
                }
            }
        }
        print(
            "ethereum-tests/TransactionTests: \(valid) valid, refused \(refusals.sorted { $0.value > $1.value }.map { "\($0.value) by \($0.key)" })"
        )
        #expect(valid == 24 && refusals.values.reduce(0, +) == 81)
    }

    struct Refused: Error {
        let refusal: Refusal
    }

    /// Decoding, then the rules of a block of chain 1 that these files include.
    private func judge(_ text: String) throws -> Result<(TransactionEnvelope, Address), Refused> {
        do {
            let envelope = try TransactionEnvelope(decoding: Hex.decode(text))
            guard envelope.unsigned.chainID == nil || envelope.unsigned.chainID == 1 else {
                return .failure(Refused(refusal: .chain))
            }
            guard IntrinsicGas(envelope.unsigned).standard <= envelope.unsigned.transaction.gasLimit else {
                return .failure(Refused(refusal: .gas))
            }
            return .success((envelope, try envelope.sender()))
        } catch TransactionDecodingError.notSupportedYet {
            return .failure(Refused(refusal: .notSupportedYet))
        } catch is TransactionDecodingError {
            return .failure(Refused(refusal: .decoding))
        } catch is HexError {
            return .failure(Refused(refusal: .decoding))
        } catch is CryptoError {
            return .failure(Refused(refusal: .sender))
        }
    }
}
