/// How many requests an endpoint takes in one batch, learnt from its refusals; pure.
struct BatchSplitting: Sendable, Equatable {
    /// The most that are sent in one batch; `nil` while nothing speaks against any size.
    private(set) var limit: Int?

    /// - Parameter limit: what is known from the start, at least 1.
    init(limit: Int?) { self.limit = limit.map { max(1, $0) } }

    /// What follows from an error that a batch met.
    enum Consequence: Equatable {
        /// The batch goes again in two halves.
        case halve
        /// Smaller batches would change nothing, or the batch may have been executed and must not be repeated.
        case giveUp
    }

    /// Takes note of a refusal.
    mutating func refused(_ batch: ArraySlice<RPCRequest>, with error: RPCError) -> Consequence {
        guard batch.count > 1, let refusal = Refusal(error) else { return .giveUp }
        guard !error.mayHaveBeenProcessed || batch.allSatisfy(\.isRepeatable) else { return .giveUp }
        // A batch can be too many bytes for reasons of its own; a number of requests is too many for every batch.
        if refusal == .tooMany { limit = min(limit ?? .max, (batch.count + 1) / 2) }
        return .halve
    }

    /// Why a batch was refused as a whole.
    private enum Refusal {
        case tooMany, tooLarge

        /// `nil` where the batch's size is not what the error is about.
        init?(_ error: RPCError) {
            switch error.code {
            case .httpStatus(413), .tooLarge: self = .tooLarge
            // geth "batch too large" (-32600), Nethermind "Batch size limit exceeded", Besu "Number of requests in batch exceeds …",
            // Erigon "batch limit 100 exceeded", jsonrpsee "The batch request was too large" (-32010) and "Batched requests are not
            // supported by this server" (-32005): each says what it is about.
            case .node where error.message.lowercased().contains("batch"): self = .tooMany
            // jsonrpsee: "Request is too big" (-32007), "Response is too big" (-32008).
            case .node(-32007, _), .node(-32008, _): self = .tooLarge
            // A server that knows no batches calls the array an invalid request (JSON-RPC 2.0).
            case .node(-32600, _): self = .tooMany
            default: return nil
            }
        }
    }
}
