public import EthCrypto
public import EthPrimitives
public import EthTransactions
internal import EthCodec

/// The signer of one account in another process, asked over JSON-RPC.
///
/// Its answer is believed in nothing: it must be, byte for byte, the transaction that was asked for with a signature of the
/// account. One attempt a request; whoever asks decides whether to ask again, and sees to the policy (`PolicySigner`).
public struct RemoteSigner: Signer, CustomStringConvertible {
    public let address: Address
    public let dialect: SignerDialect
    private let transport: any Transport

    /// - Parameters:
    ///   - address: the account; another one's signatures are refused.
    ///   - transport: where the signer is, with a time-out and a bound for the size of answers.
    public init(address: Address, dialect: SignerDialect = .web3signer, transport: any Transport) {
        self.address = address
        self.dialect = dialect
        self.transport = transport
    }

    /// - Throws: `RPCError` where there is no usable answer or the signer refuses, `RemoteSignerError` where the answer is not the
    ///   transaction, signed.
    public func sign(_ request: SigningRequest) async throws -> Signature {
        let transaction = request.transaction
        let response = try await ask(dialect.method, [try SignableObject(transaction, from: address).json])
        let raw: [UInt8]
        do throws(RPCError) {
            raw = try Self.raw(FieldReader(try response.result(), path: dialect.method))
        } catch {
            throw response.cleaned(error)
        }
        return try SignedAnswer(raw: raw, transaction: transaction).signature(of: address)
    }

    /// Asks for something harmless, to see whether the signer answers us at all.
    /// - Returns: whether it has the account; `nil` where it does not tell.
    /// - Throws: `RPCError` where there is no usable answer.
    public func knowsAccount() async throws -> Bool? {
        let response = try await ask(dialect.probe, [])
        let result: JSON
        do throws(RPCError) { result = try response.result() } catch {
            // A signer that does not know the method has answered.
            if case .node(code: -32601, _) = error.code { return nil }
            throw response.cleaned(error)
        }
        guard let accounts = result.array else { return nil }
        return accounts.contains { $0.string?.lowercased() == address.hex }
    }

    private func ask(_ method: String, _ parameters: [JSON]) async throws -> RPCResponse {
        let responses = try await transport.send([RPCRequest(method: method, params: parameters)])
        guard let response = responses.first, responses.count == 1 else {
            throw RPCError(.wrongID, "expected one response, got \(responses.count)", method: method)
        }
        return response
    }

    /// The signed bytes: alone, or in an object.
    private static func raw(_ result: FieldReader) throws(RPCError) -> [UInt8] {
        try (result.json.members == nil ? result : result.member("raw")).bytes()
    }

    public var description: String { "RemoteSigner(\(address))" }
}
