internal import EthCodec
import EthPrimitives

extension NodePool {
    /// The newest head that is believed, asked of the preferred node and of those that were not heard of for a while.
    /// - Parameter everybody: asks all nodes: for when a head is overdue, or at the start.
    /// - Throws: `RPCError` if no node gives one; `WrongChain` if all are on another chain.
    public func newestHead(everybody: Bool = false) async throws -> BlockHeader {
        let deadline = clock.now + settings.timeout
        let now = clock.now
        let asked = withPool { $0.survey(everybody: everybody, at: now) }
        guard !asked.isEmpty else { throw nobody(.nobody) }
        var answers = await ask(asked, until: deadline)
        var heads = Self.heads(answers)
        if heads.isEmpty {
            answers.merge(await ask(withPool { $0.members.filter { !asked.contains($0) } }, until: deadline)) { $1 }
            heads = Self.heads(answers)
        }
        try Task.checkCancellation()
        learn { pool, now in
            // Slower than the grace: waited for once, not at every poll.
            let silent = asked.filter { answers[$0] == nil }
            return silent.flatMap { pool.discredited($0, "no head within the time that another node took", at: now) }
                + pool.surveyed(heads.keys.sorted(), at: now)
        }
        let (best, members) = withPool { ($0.bestHead(at: now) ?? .max, $0.members) }
        let believed = heads.values.filter { $0.number <= best }
        if let head = (believed.isEmpty ? Array(heads.values) : believed).max(by: { $0.number < $1.number }) { return head }
        for index in members { if case .failure(let error)? = answers[index] { throw error } }
        throw nobody(members.isEmpty ? .nobody : .tooLate)
    }

    private static func heads(_ answers: [Index: Result<BlockHeader, RPCError>]) -> [Index: BlockHeader] {
        answers.compactMapValues { if case .success(let head) = $0 { head } else { nil } }
    }

    private func ask(_ indexes: [Index], until deadline: Duration) async -> [Index: Result<BlockHeader, RPCError>] {
        await gather(indexes, until: deadline, isEnough: { if case .success = $0 { true } else { false } }) { index in
            let request = RPCRequest(method: "eth_getBlockByNumber", params: ["latest", false])
            do {
                return .success(try Self.header(try await self.ask(request, index, until: deadline)))
            } catch {
                var named = error as? RPCError ?? RPCError(.timeout, "given up")
                named.method = named.method ?? request.method
                named.endpoint = named.endpoint ?? self.nodes[index].label
                // It answered, so that nothing else speaks against it.
                if named.code == .malformedResult { self.learn { [named] in $0.discredited(index, "\(named)", at: $1) } }
                return .failure(named)
            }
        }
    }

    private static func header(_ response: RPCResponse) throws(RPCError) -> BlockHeader {
        let reader = FieldReader(try response.result(), path: "result")
        guard reader.json != .null else { throw RPCError(.malformedResult, "expected the latest block, got null") }
        do {
            let header = try BlockHeader(reader)
            try HeaderCheck.verify(reader, header)
            return header
        } catch { throw response.cleaned(error) }
    }

    /// One request to one node, in its turn.
    private func ask(_ request: RPCRequest, _ index: Index, until deadline: Duration) async throws -> RPCResponse {
        try await begin(RequestCost.of(request.method), at: index, until: deadline)
        guard let response = try await exchange([request], with: index, until: deadline).responses().first else {
            throw RPCError(.wrongID, "expected a response, got none")
        }
        return response
    }

    /// Waits for a node's turn and charges it.
    func begin(_ cost: UInt64, at index: Index, until deadline: Duration) async throws {
        while true {
            let now = clock.now
            let start = withPool { $0.begin(cost, at: index, at: now, until: deadline) }
            switch start {
            case .go: return
            case .wait(let moment): try await clock.sleep(until: moment)
            case .tooLate, .nobody: throw nobody(start)
            }
        }
    }

    /// Work at several nodes at once. As soon as one result is enough the others are waited for no longer than the grace.
    /// - Returns: results by node; none for those that were given up.
    func gather<T: Sendable>(
        _ indexes: [Index], until deadline: Duration, isEnough: @escaping @Sendable (T) -> Bool,
        _ work: @escaping @Sendable (Index) async -> T
    ) async -> [Index: T] {
        await withTaskGroup(of: (Index, T)?.self) { group in
            for index in indexes { group.addTask { (index, await work(index)) } }
            defer { group.cancelAll() }
            var results: [Index: T] = [:]
            var isWaitingOut = false
            while results.count < indexes.count, let event = await group.next() {
                guard let (index, result) = event else { break }
                results[index] = result
                guard !isWaitingOut, isEnough(result), results.count < indexes.count else { continue }
                isWaitingOut = true
                let moment = min(clock.now + settings.grace, deadline)
                group.addTask {
                    // Cancelled when everybody has answered: then nobody looks at what this one returns.
                    try? await self.clock.sleep(until: moment)  // see above
                    return nil
                }
            }
            return results
        }
    }
}
