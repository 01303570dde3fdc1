/// The lines of one head.
public struct CassetteHead: Sendable {
    public var label: CassetteLabel
    /// Without line feeds.
    public var lines: [[UInt8]]

    /// What was asked, but for evidence.
    public func requests() throws(CassetteError) -> Set<CanonicalRequest> {
        var requests: Set<CanonicalRequest> = []
        for (index, bytes) in lines.enumerated() {
            let line = try CassetteLine(parsing: bytes[...], position: index + 1)
            if line.note != CassetteLabel.evidence { requests.formUnion(line.exchanges.map(\.request)) }
        }
        return requests
    }

    /// What can be replayed of it.
    public func cassette() throws(CassetteError) -> Cassette {
        try Cassette(ndjson: lines.flatMap { $0 + [0x0A] })
    }
}
