import Synchronization

/// Sends batches in parts that the endpoint takes. What it takes is learnt: a batch that is refused for its size goes again in
/// halves until they fit, and the size that fitted is kept. Nothing that may have been executed is sent twice, reads aside.
public final class BatchSplittingTransport: Transport {
    private let base: any Transport
    private let splitting: Mutex<BatchSplitting>

    /// - Parameter limit: the most requests in one batch, where that is known.
    public init(_ base: any Transport, limit: Int? = nil) {
        self.base = base
        splitting = Mutex(BatchSplitting(limit: limit))
    }

    /// The most requests that are sent in one batch; `nil` while no refusal has set a limit.
    public var limit: Int? { splitting.withLock { $0.limit } }

    /// Sends the parts one after the other.
    /// - Throws: the error of the first part that fails for another reason than its size; answers to other parts are dropped.
    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        var responses: [RPCResponse] = []
        responses.reserveCapacity(batch.count)
        var rest = batch[...]
        // What this batch has learnt for itself: requests that are too many bytes set no limit for others.
        var size = Int.max
        while !rest.isEmpty {
            let part = rest.prefix(min(size, limit ?? .max))
            do {
                responses += try await base.send(Array(part))
                rest = rest.dropFirst(part.count)
            } catch let error as RPCError {
                guard splitting.withLock({ $0.refused(part, with: error) }) == .halve else { throw error }
                size = (part.count + 1) / 2
            }
        }
        return responses
    }
}
