import EthPrimitives
public import EthRPC

/// Heads from a source, made into a chain by `HeadChain`: each once and in order.
public struct HeadFeed {
    /// A head, and what happened on the way to it.
    public struct News: Sendable {
        public var head: BlockHeader
        /// Whether no newer one is known: only such a head is worth a decision.
        public var isNewest: Bool
        public var reorganisations: [HeadChain.Reorganisation]
        /// The head before, if what lies between is not known.
        public var jumpedFrom: BlockHeader?
    }

    private let source: any HeadSubscribing
    private let provider: Provider
    private var chain = HeadChain()
    private var stream: AsyncThrowingStream<BlockHeader, any Error>.AsyncIterator?
    private var ready: [News] = []
    /// A header that was asked for, and no node could be reached: it is asked for again.
    private var unanswered: (hash: BlockHash, failures: Int)?
    private var reorganisations: [HeadChain.Reorganisation] = []

    /// After so many failures a header counts as one that nobody has.
    private static let patience = 5

    /// - Parameter provider: asked for the headers of missed heads.
    public init(_ source: any HeadSubscribing, provider: Provider) {
        self.source = source
        self.provider = provider
    }

    /// The next head that was not given before.
    /// - Parameter reach: missed heads that are asked for at most.
    /// - Throws: what the source throws, and why a missed head cannot be asked for now; calling again goes on from there.
    ///   `CancellationError` when the source ends.
    public mutating func next(reach: Int = 0) async throws -> News {
        while ready.isEmpty {
            chain.reach = reach
            var actions: [HeadChain.Action] =
                if let unanswered { [.fetch(unanswered.hash)] } else { chain.arrived(try await arrival()) }
            while case .fetch(let hash)? = actions.last { actions = chain.fetched(try await header(hash), for: hash) }
            take(actions)
        }
        return ready.removeFirst()
    }

    private mutating func arrival() async throws -> BlockHeader {
        var stream = stream ?? source.heads().makeAsyncIterator()
        do {
            guard let head = try await stream.next(isolation: #isolation) else { throw CancellationError() }
            self.stream = stream
            return head
        } catch {
            self.stream = nil
            throw error
        }
    }

    /// A missed head; `nil` if no node has it: the chain says so by a jump.
    /// - Throws: if the nodes cannot be reached, or not now: a hole that time fills is none.
    private mutating func header(_ hash: BlockHash) async throws -> BlockHeader? {
        let failures = unanswered?.hash == hash ? unanswered?.failures ?? 0 : 0
        unanswered = (hash, failures + 1)
        do {
            let header = try await provider.header(.hash(hash))
            unanswered = nil
            return header
        } catch let error as RPCError where failures + 1 >= Self.patience || !error.isPassing {
            unanswered = nil
            return nil
        }
    }

    private mutating func take(_ actions: [HeadChain.Action]) {
        var jumpedFrom: BlockHeader?
        for action in actions {
            switch action {
            case .reorganised(let reorganisation): reorganisations.append(reorganisation)
            case .jumped(let from, _): jumpedFrom = from
            case .deliver(let head):
                ready.append(
                    News(
                        head: head, isNewest: head.hash == chain.tip?.hash, reorganisations: reorganisations,
                        jumpedFrom: jumpedFrom))
                reorganisations = []
                jumpedFrom = nil
            case .fetch: break
            }
        }
    }
}

extension RPCError {
    /// Whether the same request may be answered later: the way to the node is in trouble, or it wants fewer requests.
    fileprivate var isPassing: Bool {
        switch code {
        case .badEndpoint, .tooLarge, .malformedResult, .noRecordedAnswer: false
        case .node: if case .sameNodeLater? = nodeError?.retry { true } else { false }
        case .unreachable, .connectionLost, .timeout, .rateLimited, .httpStatus, .notJSON, .truncated, .wrongID, .notJSONRPC,
            .protocolViolation:
            true
        }
    }
}
