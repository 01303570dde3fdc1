import Synchronization

/// What a recorded exchange belongs to; set around one tick.
public enum RecordingScope {
    @TaskLocal public static var head: BlockHeader?
    @TaskLocal public static var note: String?
    /// Exchanges whose results are all empty (`[]` or null) are not worth a line.
    @TaskLocal public static var onlyWithResults = false
}

/// Passes everything on and writes each exchange to a cassette, as it went over the wire.
public final class RecordingTransport: Transport {
    private let base: any Transport
    private let writer: CassetteWriter?
    private let held = Mutex<[CassetteExchange]?>(nil)

    public init(_ base: any Transport, to writer: CassetteWriter) {
        self.base = base
        self.writer = writer
    }

    /// For `collecting`, which leaves the writing to others.
    public init(_ base: any Transport) {
        self.base = base
        writer = nil
    }

    /// Runs work whose exchanges belong together: they are written when it succeeds, and none of them when it throws.
    public func together<T>(_ work: () async throws -> T) async throws -> T {
        let (result, exchanges) = try await collecting(work)
        try writer?.record(exchanges)
        return result
    }

    /// Runs work and returns its exchanges instead of writing them.
    public func collecting<T>(_ work: () async throws -> T) async throws -> (result: T, exchanges: [CassetteExchange]) {
        held.withLock { $0 = [] }
        defer { held.withLock { $0 = nil } }
        let result = try await work()
        return (result, held.withLock { $0 ?? [] })
    }

    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        let responses = try await base.send(batch)
        if RecordingScope.onlyWithResults, responses.allSatisfy(\.isEmptyResult) { return responses }
        let exchange = CassetteExchange(batch, responses, head: RecordingScope.head, note: RecordingScope.note)
        let isHeld = held.withLock { held in
            held?.append(exchange)
            return held != nil
        }
        if !isHeld { try writer?.record([exchange]) }
        return responses
    }
}

extension RPCResponse {
    /// Whether the result is null or an empty array.
    var isEmptyResult: Bool {
        guard case .success(let bytes) = outcome else { return false }
        return bytes.elementsEqual("null".utf8) || bytes.elementsEqual("[]".utf8)
    }
}
