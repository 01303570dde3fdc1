/// What a recorded exchange belongs to; set around one tick.
public enum RecordingScope {
    @TaskLocal public static var head: BlockHeader?
    @TaskLocal public static var note: String?
    /// Exchanges whose results are all empty (`[]` or null) are not worth a line.
    @TaskLocal public static var onlyWithResults = false
}

/// Passes everything on and writes each exchange to a cassette, as it went over the wire.
public struct RecordingTransport: Transport {
    let base: any Transport
    let writer: CassetteWriter

    public init(_ base: any Transport, to writer: CassetteWriter) {
        self.base = base
        self.writer = writer
    }

    public func send(_ batch: [RPCRequest]) async throws -> [RPCResponse] {
        let responses = try await base.send(batch)
        if RecordingScope.onlyWithResults, responses.allSatisfy(\.isEmptyResult) { return responses }
        try writer.record(batch, responses, head: RecordingScope.head, note: RecordingScope.note)
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
