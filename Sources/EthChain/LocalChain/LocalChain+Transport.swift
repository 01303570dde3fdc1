public import EthRPC
internal import Synchronization

extension LocalChain: Transport {
    /// Requests of one batch (geth's `--rpc.batch-request-limit`).
    private static let batchLimit = 1_000

    /// Answers as a node does; a batch sees one head.
    /// - Throws: `RPCError` for a batch that is too large.
    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] { try answer(batch) }

    /// The same without waiting, which there is no need for.
    public func answer(_ batch: [RPCRequest]) throws(RPCError) -> [RPCResponse] {
        guard batch.count <= Self.batchLimit else { throw NodeAnswer.failure("batch too large", code: -32_600) }
        let responses: Result<[RPCResponse], RPCError> = with { shared in
            let methods = LocalMethods(core: shared.core)
            return Result { () throws(RPCError) in
                var responses: [RPCResponse] = []
                responses.reserveCapacity(batch.count)
                for request in batch {
                    let result = Result { () throws(RPCError) in try methods.result(of: request) }
                    responses.append(try NodeAnswer.response(request.id, result))
                }
                return responses
            }
        }
        return try responses.get()
    }
}
