internal import EthCodec
import EthPrimitives

/// How an exchange with one node ended.
enum Exchange: Sendable {
    /// The responses, and what the worst of them says about the node.
    case answered([RPCResponse], NodeVerdict)
    case failed(RPCError, NodeVerdict)
    /// Given up: somebody else was faster, or nobody waits any more.
    case cancelled

    /// Whether it ends an operation: every node would say the same.
    var isFinal: Bool {
        switch self {
        case .answered(_, .final), .failed(_, .final): true
        case .answered, .failed, .cancelled: false
        }
    }

    var verdict: NodeVerdict {
        switch self {
        case .answered(_, let verdict), .failed(_, let verdict): verdict
        case .cancelled: .trouble
        }
    }

    func responses() throws -> [RPCResponse] {
        switch self {
        case .answered(let responses, _): return responses
        case .failed(let error, _): throw error
        case .cancelled: throw CancellationError()
        }
    }
}

extension NodePool {
    /// One exchange with a node that `begin` has charged: its chain first where that must be asked, then the batch, within the time
    /// of an attempt; and the pool learns how it ended.
    /// - Parameter identifies: whether the chain matters; signed bytes name theirs themselves.
    func exchange(
        _ batch: [RPCRequest], with index: Index, until deadline: Duration, identifies: Bool = true
    ) async -> Exchange {
        let start = clock.now
        let transport = nodes[index].transport
        do {
            let place = nodes[index].place()
            if identifies, withPool({ $0.mustIdentify(index, at: place) }) {
                try await identify(index, until: deadline)
                if withPool({ $0.evicted(index) != nil }) {
                    withPool { $0.cancelled(index) }
                    return .failed(
                        RPCError(.unreachable, "the node is on another chain", endpoint: nodes[index].label), .elsewhere)
                }
            }
            let responses = try await clock.limit(allowance(until: deadline)) { try await transport.send(batch) }
            return judge(responses, to: batch, from: index, since: start)
        } catch {
            return judge(error, from: index, since: start)
        }
    }

    /// What an attempt may take, in hundredths of a second: nobody wants to read of 9.999968 seconds.
    private func allowance(until deadline: Duration) -> Duration {
        let step = Duration.milliseconds(10)
        return min(settings.attemptTimeout, step * Int64(((deadline - clock.now) / step).rounded(.up)))
    }

    private func identify(_ index: Index, until deadline: Duration) async throws {
        let provider = Provider(nodes[index].transport)
        let id = try await clock.limit(allowance(until: deadline)) { try await provider.chainID() }
        learn { pool, _ in pool.identified(index, as: id) }
    }

    private func judge(_ responses: [RPCResponse], to batch: [RPCRequest], from index: Index, since start: Duration) -> Exchange {
        if let fault = ResultForm.fault(in: responses, to: batch) {
            failed(index, fault, retryAfter: nil)
            return .answered(responses, .trouble)
        }
        var verdict = NodeVerdict(responses)
        if verdict == .final, ResultForm.lacksBlock(responses, to: batch) { verdict = .elsewhere }
        switch verdict {
        case .final, .elsewhere:
            learn { pool, now in pool.answered(index, in: now - start, at: now) }
            note(responses, to: batch, from: index)
        case .trouble, .throttled:
            let retryAfter: Duration? = if case .throttled(let pause) = verdict { pause } else { nil }
            failed(index, Self.error(in: responses) ?? RPCError(.unreachable, "no usable answer"), retryAfter: retryAfter)
        }
        return .answered(responses, verdict)
    }

    private func judge(_ error: any Error, from index: Index, since start: Duration) -> Exchange {
        guard !Task.isCancelled, !(error is CancellationError) else {
            withPool { $0.cancelled(index) }
            return .cancelled
        }
        // Of an error that is not known nobody can say that nothing was sent.
        var named = error as? RPCError ?? RPCError(.connectionLost, "\(error)")
        named.endpoint = named.endpoint ?? nodes[index].label
        let verdict = NodeVerdict(named)
        switch verdict {
        case .throttled(let pause): failed(index, named, retryAfter: pause)
        case .trouble: failed(index, named, retryAfter: nil)
        case .final, .elsewhere: learn { pool, now in pool.answered(index, in: now - start, at: now) }
        }
        return .failed(named, verdict)
    }

    /// The first error that speaks against the node.
    static func error(in responses: [RPCResponse]) -> RPCError? {
        for case .failure(let error) in responses.map(\.outcome) where NodeVerdict(error) != .final { return error }
        return nil
    }

    /// What answers happen to say about the node's newest and finalized blocks.
    private func note(_ responses: [RPCResponse], to batch: [RPCRequest], from index: Index) {
        for (request, response) in zip(batch, responses) {
            // What does not decode is told to whoever asked for it.
            guard let seen = try? Self.sighting(request, response) else { continue }  // see above
            switch seen {
            case .head(let head): learn { pool, now in pool.saw(index, head, at: now) }
            case .finalized(let number): withPool { $0.sawFinalized(index, number) }
            }
        }
    }

    private enum Seen { case head(HeadSighting), finalized(UInt64) }

    private static func sighting(_ request: RPCRequest, _ response: RPCResponse) throws(RPCError) -> Seen? {
        switch request.method {
        case "eth_blockNumber": return .head(HeadSighting(number: try RPCQuery.blockNumber.value(of: response)))
        case "eth_getBlockByNumber":
            switch request.params.first?.string {
            case "latest": return .head(HeadSighting(try BlockHeader(try response.outcome.get())))
            case "finalized": return .finalized(try BlockHeader(try response.outcome.get()).number)
            default: return nil
            }
        default: return nil
        }
    }
}
