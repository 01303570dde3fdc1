internal import EthCodec
import EthPrimitives

extension NodePool {
    /// Hands signed bytes to every node at once, each of them once. A success is a node that has the transaction for certain: it
    /// named the hash of the bytes, or knew them already and shows a transaction of that hash. Once there is one, the others are
    /// waited for no longer than the grace.
    public func broadcast(_ signed: [UInt8]) async throws -> BroadcastReport {
        try await broadcast(RPCRequest(method: Self.broadcastMethod, params: [.string(Hex.encode(signed))]))
    }

    func broadcast(_ request: RPCRequest) async throws -> BroadcastReport {
        let signed: [UInt8]
        do { signed = try Hex.decode(request.params.first?.string ?? "") } catch {
            throw RPCError(.malformedResult, "expected signed bytes to send: \(error)", method: request.method)
        }
        let hash = Keccak256.hash(signed)
        let members = withPool { $0.members }
        guard !members.isEmpty else { throw nobody(.nobody) }
        let deadline = clock.now + settings.timeout
        let outcomes = await gather(members, until: deadline, isEnough: { $0.isSuccess }) { index in
            await self.hand(request, hash, to: index, until: deadline)
        }
        try Task.checkCancellation()
        let silent = RPCError(.timeout, "no complete answer in time")
        let report = BroadcastReport(
            hash: hash, outcomes: members.map { (nodes[$0].label, outcomes[$0]?.outcome ?? .noAnswer(silent)) })
        learn { _, _ in [.broadcast(hash: hash, isAccepted: report.isAccepted, outcomes: report.summary)] }
        return report
    }

    private struct Handed: Sendable {
        var outcome: BroadcastReport.Outcome
        var isSuccess: Bool {
            switch outcome {
            case .accepted, .alreadyKnown: true
            case .refused, .noAnswer: false
            }
        }
    }

    private static func hash(_ response: RPCResponse) throws(RPCError) -> TransactionHash {
        let reader = FieldReader(try response.result(), path: "result")
        do { return try reader.b256() } catch { throw response.cleaned(error) }
    }

    /// One node gets the bytes, whatever its pauses: they are worth the attempt.
    private func hand(_ request: RPCRequest, _ hash: TransactionHash, to index: Index, until deadline: Duration) async -> Handed {
        let now = clock.now
        withPool { $0.charge(RequestCost.of(request.method), index, at: now) }
        let exchange = await exchange([request], with: index, until: deadline, identifies: false)
        do {
            guard let response = try exchange.responses().first else { throw RPCError(.wrongID, "expected a response, got none") }
            let named = try Self.hash(response)
            guard named == hash else {
                return Handed(outcome: .refused(RPCError(.malformedResult, "the node names another hash: \(named)")))
            }
            return Handed(outcome: .accepted)
        } catch let error as RPCError {
            guard case .node = error.code else { return Handed(outcome: .noAnswer(error)) }
            guard let said = error.nodeError, said.confirms(hash) else { return Handed(outcome: .refused(error)) }
            if said.namedHash == hash { return Handed(outcome: .alreadyKnown) }
            let isOurs = await shows(hash, index, until: deadline)
            return Handed(outcome: isOurs ? .alreadyKnown : .refused(error))
        } catch {
            return Handed(outcome: .noAnswer(RPCError(.timeout, "given up", endpoint: nodes[index].label)))
        }
    }

    /// "already known" does not say what is known: only a transaction of our hash counts.
    private func shows(_ hash: TransactionHash, _ index: Index, until deadline: Duration) async -> Bool {
        let now = clock.now
        let request = RPCRequest(method: "eth_getTransactionByHash", params: [.string(hash.description)])
        withPool { $0.charge(RequestCost.of(request.method), index, at: now) }
        // No answer is no proof.
        let exchange = await exchange([request], with: index, until: deadline, identifies: false)
        guard let result = try? exchange.responses().first?.result() else { return false }  // see above
        return result["hash"]?.string?.lowercased() == hash.description
    }
}

extension BroadcastReport {
    /// As the response to the request: the hash, or the error.
    func response(to request: RPCRequest) throws(RPCError) -> RPCResponse {
        if let error {
            guard case .node(let code, let data) = error.code else { throw error }
            let object = JSON.object([
                "code": .integer(code), "message": .string(error.message), "data": data.map { .string(Hex.encode($0)) },
            ])
            return try RPCResponse(answering: request.id, "error", object)
        }
        return try RPCResponse(answering: request.id, "result", .string(hash.description))
    }
}

extension RPCResponse {
    /// A response of our own making.
    init(answering id: UInt64, _ name: String, _ value: JSON) throws(RPCError) {
        let json = JSON.object([JSON.Member("jsonrpc", "2.0"), JSON.Member("id", .integer(id)), JSON.Member(name, value)])
        try self.init(parsing: JSONWriter.bytes(of: json)[...])
    }
}

extension EndpointPool {
    /// Charges a node for a request that does not wait.
    mutating func charge(_ cost: UInt64, _ index: Index, at now: Duration) { endpoints[index].started(cost, at: now) }
}
