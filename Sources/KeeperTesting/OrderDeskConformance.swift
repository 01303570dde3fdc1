import EthCodec
import EthPrimitives
public import KeeperCore
public import Testing

/// What every `OrderDesk` must do, as checks that a test runs against one: requests come as they were left and in their order, each is
/// answered once, and the answer's line is in the journal.
public struct OrderDeskConformance<Desk: OrderDesk>: Sendable {
    /// A desk without requests.
    public var desk: Desk
    /// Leaves a request, as an operator does, and returns its number.
    public var place: @Sendable (OperatorRequest) throws -> UInt64
    /// The answer that an operator finds.
    public var answer: @Sendable (UInt64) throws -> OperatorAnswer?
    /// How many lines the journal has.
    public var lines: @Sendable () throws -> Int

    public init(
        _ desk: Desk, place: @escaping @Sendable (OperatorRequest) throws -> UInt64,
        answer: @escaping @Sendable (UInt64) throws -> OperatorAnswer?, lines: @escaping @Sendable () throws -> Int
    ) {
        self.desk = desk
        (self.place, self.answer, self.lines) = (place, answer, lines)
    }

    private static var requests: [OperatorRequest] {
        [.cancel("7"), .bump("0xab"), .pause(seconds: 60), .pauseUntil(1_700_000_000), .resume, .adopt]
    }

    /// Runs every check; failures are recorded as issues at the caller's line.
    /// - Throws: what the desk throws, which a conforming one never does here.
    public func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(try desk.openRequests().isEmpty, "a new desk has no requests", sourceLocation: sourceLocation)
        let ids = try Self.requests.map(place)
        #expect(Set(ids).count == ids.count, "each request has a number of its own", sourceLocation: sourceLocation)
        let open = try desk.openRequests()
        #expect(open.map(\.request) == Self.requests, "requests come as they were left", sourceLocation: sourceLocation)
        #expect(open.map(\.id) == ids, "in their order", sourceLocation: sourceLocation)

        let account = StoreAccount(chainID: 1, address: Address(lowBytesOf: Keccak256.hash("an account")))
        let before = try lines()
        let first = OperatorAnswer(isAccepted: true, "done")
        try desk.answer(ids[2], first, of: account, journal: [.object(["kind": "order"])])
        #expect(try answer(ids[2]) == first, "an operator finds the answer", sourceLocation: sourceLocation)
        #expect(try answer(ids[0]) == nil, "and none to another request", sourceLocation: sourceLocation)
        #expect(try lines() == before + 1, "the line is in the journal", sourceLocation: sourceLocation)
        #expect(try desk.openRequests().count == ids.count - 1, "it is not open any more", sourceLocation: sourceLocation)

        try desk.answer(ids[2], OperatorAnswer(isAccepted: false, "no"), of: account, journal: [])
        #expect(try answer(ids[2]) == first, "the first answer stays", sourceLocation: sourceLocation)
        let unknown = (ids.max() ?? 0) + 1000
        try desk.answer(unknown, first, of: account, journal: [.object(["kind": "order"])])
        #expect(try answer(unknown) == nil, "a request that is gone has no answer", sourceLocation: sourceLocation)
        #expect(try lines() == before + 2, "but its line", sourceLocation: sourceLocation)
    }
}
