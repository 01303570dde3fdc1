import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC
import EthTransactions
import Synchronization

/// A transport with a signer behind it, which answers as a closure says.
final class ScriptedSigner: Transport {
    let requests = Mutex<[RPCRequest]>([])
    private let answer: @Sendable (RPCRequest) -> String

    /// - Parameter answer: the members of the response behind its id: `"result": …` or `"error": …`.
    init(_ answer: @escaping @Sendable (RPCRequest) -> String) { self.answer = answer }

    func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        requests.withLock { $0 += batch }
        return try batch.map { request in
            try RPCResponse(parsing: Array(#"{"jsonrpc":"2.0","id":\#(request.id),\#(answer(request))}"#.utf8)[...])
        }
    }

    static let key: PrivateKey = {
        do { return try PrivateKey([UInt8](repeating: 0x46, count: 32)) } catch { preconditionFailure("\(error)") }
    }()

    static let call = FeeMarketTransaction(
        chainID: 1, nonce: 12, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(30), gasLimit: 500_000,
        to: Address(lowBytesOf: Keccak256.hash([2])), data: [0x18, 0x17, 0x83, 0x58])

    /// The bytes of a call that was changed and then signed.
    static func signed(by key: PrivateKey = key, _ change: (inout FeeMarketTransaction) -> Void = { _ in }) throws -> [UInt8] {
        var transaction = call
        change(&transaction)
        return try transaction.signed(by: key).encoded
    }
}
