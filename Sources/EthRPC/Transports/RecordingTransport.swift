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
    private let writer: CassetteWriter
    private let held = Mutex<[Exchange]?>(nil)

    private struct Exchange: Sendable {
        var batch: [RPCRequest]
        var responses: [RPCResponse]
        var head: BlockHeader?
        var note: String?
    }

    public init(_ base: any Transport, to writer: CassetteWriter) {
        self.base = base
        self.writer = writer
    }

    /// Runs work whose exchanges belong together: they are written when it succeeds, and none of them when it throws.
    public func together<T>(_ work: () async throws -> T) async throws -> T {
        held.withLock { $0 = [] }
        defer { held.withLock { $0 = nil } }
        let result = try await work()
        for exchange in held.withLock({ $0 ?? [] }) {
            try writer.record(exchange.batch, exchange.responses, head: exchange.head, note: exchange.note)
        }
        return result
    }

    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        let responses = try await base.send(batch)
        if RecordingScope.onlyWithResults, responses.allSatisfy(\.isEmptyResult) { return responses }
        let exchange = Exchange(batch: batch, responses: responses, head: RecordingScope.head, note: RecordingScope.note)
        let isHeld = held.withLock { held in
            held?.append(exchange)
            return held != nil
        }
        if !isHeld { try writer.record(batch, responses, head: exchange.head, note: exchange.note) }
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
