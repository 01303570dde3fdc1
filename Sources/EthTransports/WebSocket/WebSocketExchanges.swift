import EthCodec
import EthRPC

/// The requests under way on a WebSocket: each is sent under an id of its own, by which its answer is found.
struct WebSocketExchanges: Sendable {
    /// Whose requests they are.
    enum Owner: Sendable, Hashable {
        case operation(UInt64)
        case subscriber(UInt64)
        /// Nobody waits for the answer.
        case nobody
    }

    private struct Exchange {
        var owner: Owner
        /// The id on the wire of the first request; the others follow it.
        var firstID: UInt64
        /// The ids that the owner knows.
        var ownIDs: [UInt64]
        var answers: [RPCResponse?]
        var missing: Int
    }

    /// The first id on the wire stands for the exchange.
    private var exchanges: [UInt64: Exchange] = [:]
    private var exchangeOf: [UInt64: UInt64] = [:]
    /// Ids that nobody waits for any more, but that the node still owes.
    private var abandoned: Set<UInt64> = []
    private var lastID: UInt64 = 0
    /// In their order: all have the same time.
    private var deadlines: [(deadline: Duration, exchange: UInt64)] = []
    private var firstDeadline = 0

    /// How many answers the node owes to nobody.
    var owed: Int { abandoned.count }
    /// When the next one is late.
    var nextDeadline: Duration? { firstDeadline < deadlines.count ? deadlines[firstDeadline].deadline : nil }

    /// Takes up requests.
    /// - Returns: the exchange's number, and the bytes to send.
    mutating func begin(_ batch: [RPCRequest], for owner: Owner, deadline: Duration) -> (exchange: UInt64, bytes: [UInt8]) {
        let firstID = lastID + 1
        lastID += UInt64(batch.count)
        exchanges[firstID] = Exchange(
            owner: owner, firstID: firstID, ownIDs: batch.map(\.id), answers: Array(repeating: nil, count: batch.count),
            missing: batch.count)
        var renamed = batch
        for index in renamed.indices {
            renamed[index].id = firstID + UInt64(index)
            exchangeOf[renamed[index].id] = firstID
        }
        deadlines.append((deadline, firstID))
        return (firstID, RPCRequest.body(of: renamed))
    }

    /// Whether somebody still waits for an exchange.
    func isPending(_ exchange: UInt64) -> Bool { exchanges[exchange] != nil }

    /// Takes an answer.
    /// - Parameter isAlone: whether it came outside of an array.
    /// - Returns: the whole result, when this was the last of its exchange.
    /// - Throws: `wrongID` for an id that is not awaited.
    mutating func answer(
        _ response: RPCResponse, isAlone: Bool
    ) throws(RPCError) -> (owner: Owner, result: Result<[RPCResponse], RPCError>)? {
        guard let number = exchangeOf.removeValue(forKey: response.id), var exchange = exchanges.removeValue(forKey: number)
        else {
            if abandoned.remove(response.id) != nil { return nil }
            throw RPCError(.wrongID, "a response carries the id \(response.id), which is not awaited")
        }
        // A batch that is refused as a whole gets one error, which bears the id of its first request (geth).
        if isAlone, exchange.ownIDs.count > 1, case .failure(let error) = response.outcome {
            forget(exchange)
            return (exchange.owner, .failure(error))
        }
        let index = Int(response.id - number)
        exchange.answers[index] = response.answering(exchange.ownIDs[index])
        exchange.missing -= 1
        if exchange.missing > 0 {
            exchanges[number] = exchange
            return nil
        }
        return (exchange.owner, .success(exchange.answers.compactMap { $0 }))
    }

    /// Takes an error that names no request: it can only be attributed where one exchange is under way.
    /// - Throws: the error itself otherwise.
    mutating func refuse(_ error: RPCError) throws(RPCError) -> Owner {
        guard exchanges.count == 1, let exchange = exchanges.values.first else { throw error }
        exchanges = [:]
        forget(exchange)
        return exchange.owner
    }

    /// Nobody waits any more for what an operation asked.
    mutating func abandon(_ owner: Owner) {
        guard let exchange = exchanges.values.first(where: { $0.owner == owner }) else { return }
        abandon(exchange)
    }

    /// The owners of exchanges whose time is over; their answers are no longer awaited.
    mutating func expire(at now: Duration) -> [Owner] {
        var late: [Owner] = []
        while let deadline = nextDeadline {
            let number = deadlines[firstDeadline].exchange
            // Those that are over for other reasons leave the queue with the rest.
            guard deadline <= now || exchanges[number] == nil else { break }
            firstDeadline += 1
            if let exchange = exchanges[number] {
                abandon(exchange)
                late.append(exchange.owner)
            }
        }
        if firstDeadline > 1024, firstDeadline * 2 > deadlines.count {
            deadlines.removeFirst(firstDeadline)
            firstDeadline = 0
        }
        return late
    }

    /// Nothing is owed for what never left.
    mutating func forgetAbandoned() { abandoned = [] }

    /// The owners of everything under way: the connection is gone.
    mutating func end() -> [Owner] {
        let owners = exchanges.keys.sorted().compactMap { exchanges[$0]?.owner }
        exchanges = [:]
        exchangeOf = [:]
        abandoned = []
        deadlines = []
        firstDeadline = 0
        return owners
    }

    private mutating func forget(_ exchange: Exchange) {
        for index in exchange.ownIDs.indices { exchangeOf[exchange.firstID + UInt64(index)] = nil }
    }

    private mutating func abandon(_ exchange: Exchange) {
        exchanges[exchange.firstID] = nil
        for index in exchange.ownIDs.indices where exchange.answers[index] == nil {
            abandoned.insert(exchange.firstID + UInt64(index))
        }
        forget(exchange)
    }
}
