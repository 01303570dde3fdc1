internal import EthCodec

extension NodePool {
    /// Asks the best node, and the next where that one cannot answer, within the attempts and the time of an operation. What may
    /// be done only once is asked once.
    /// - Throws: `RPCError`, the last failure, when the attempts or the time are used up; `WrongChain`.
    func read(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        let deadline = clock.now + settings.timeout
        let isRepeatable = batch.allSatisfy(\.isRepeatable)
        let need: EndpointPool.Need = Self.readsNewest(batch) ? .newest : .any
        var asked: Set<Index> = []
        var unable: Set<Index> = []
        var last: Exchange?
        for _ in 0..<(isRepeatable ? max(settings.attempts, nodes.count) : 1) {
            // When everybody was asked, those that may be better later are asked again.
            if withPool({ $0.members.allSatisfy(asked.union(unable).contains) }) { asked = [] }
            let start = try await begin(RequestCost.of(batch), need, besides: asked.union(unable), until: deadline)
            guard case .go(let index) = start else {
                guard let last else { throw nobody(start) }
                return try last.responses()
            }
            let (answerer, exchange) =
                settings.hedges && isRepeatable
                ? await hedged(batch, index, need, besides: asked.union(unable), until: deadline)
                : (index, await exchange(batch, with: index, until: deadline))
            if exchange.isFinal { return try exchange.responses() }
            if exchange.verdict == .elsewhere { unable.insert(answerer) } else { asked.insert(answerer) }
            try Task.checkCancellation()
            last = exchange
        }
        guard let last else { throw nobody(.nobody) }
        return try last.responses()
    }

    /// Chooses a node, waiting until one is free.
    /// - Returns: `go`, `tooLate` or `nobody`.
    func begin(
        _ cost: UInt64, _ need: EndpointPool.Need, besides excluded: Set<Index>, until deadline: Duration
    ) async throws -> EndpointPool.Start {
        while true {
            let now = clock.now
            let start = withPool { $0.begin(cost, need, besides: excluded, at: now, until: deadline) }
            guard case .wait(let moment) = start else { return start }
            try await clock.sleep(until: moment)
        }
    }

    /// A second node after the time that 95 of 100 answers of the first take; the first good answer counts, the other is given up.
    /// - Returns: who answered, or who failed last.
    private func hedged(
        _ batch: [RPCRequest], _ first: Index, _ need: EndpointPool.Need, besides excluded: Set<Index>, until deadline: Duration
    ) async -> (Index, Exchange) {
        let patience = withPool { $0.patience(with: first) }
        let second = clock.now + patience
        return await withTaskGroup(of: (Index, Exchange)?.self) { group in
            group.addTask { (first, await self.exchange(batch, with: first, until: deadline)) }
            group.addTask {
                // Cancelled when the first answers in time: then nobody looks at what this one returns.
                try? await self.clock.sleep(until: second)  // see above
                return nil
            }
            defer { group.cancelAll() }
            var running = 1
            while let event = await group.next() {
                if let (index, exchange) = event {
                    running -= 1
                    if exchange.isFinal || running == 0 { return (index, exchange) }
                } else if !Task.isCancelled, clock.now < deadline {
                    let now = clock.now
                    let start = withPool {
                        $0.begin(RequestCost.of(batch), need, besides: excluded.union([first]), at: now, until: now)
                    }
                    guard case .go(let index) = start else { continue }
                    running += 1
                    group.addTask { (index, await self.exchange(batch, with: index, until: deadline)) }
                }
            }
            return (first, .cancelled)
        }
    }

    /// Whether a request asks for the newest state by a tag.
    private static func readsNewest(_ batch: [RPCRequest]) -> Bool { batch.contains { $0.readsNewest } }
}

extension EndpointPool {
    /// How long a node is waited for before another is asked too. Before it has shown its speed: a tenth of an attempt.
    func patience(with index: Index) -> Duration {
        endpoints[index].latency.percentile(95) ?? settings.attemptTimeout / 10
    }
}
