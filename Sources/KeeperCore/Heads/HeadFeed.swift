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
    private var reorganisations: [HeadChain.Reorganisation] = []

    /// - Parameter provider: asked for the headers of missed heads.
    public init(_ source: any HeadSubscribing, provider: Provider) {
        self.source = source
        self.provider = provider
    }

    /// The next head that was not given before.
    /// - Parameter reach: missed heads that are asked for at most.
    /// - Throws: what the source throws; calling again subscribes anew. `CancellationError` when the source ends.
    public mutating func next(reach: Int = 0) async throws -> News {
        while ready.isEmpty {
            chain.reach = reach
            let head = try await arrival()
            var actions = chain.arrived(head)
            while case .fetch(let hash)? = actions.last { actions = chain.fetched(await header(hash), for: hash) }
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

    /// A header that the node cannot give is missing; the chain says so by a jump.
    private func header(_ hash: BlockHash) async -> BlockHeader? {
        do { return try await provider.header(.hash(hash)) } catch { return nil }
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
