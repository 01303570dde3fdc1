/// A recording without what its owner does not want to pass on; it replays like the original.
public struct CassetteRedaction: Sendable {
    public let counts: RedactionCounts
    public let exchanges: Int
    /// Whether the source has its closing line.
    public let isSourceFinished: Bool

    /// Writes a new recording.
    /// - Throws: `CassetteError`; then there is no new file. `altered` if the source is not what its closing line says, or a
    ///   replacement stands in it already.
    public init(of path: String, _ rules: RedactionRules, to output: String) throws(CassetteError) {
        do throws(CassetteError) {
            let reader = try CassetteReader(path: path)
            var framing = CassetteFraming()
            var redactor = LineRedactor(rules)
            let copy = CassetteCopy(output)
            do throws(CassetteError) {
                while let piece = try reader.next() {
                    guard case .line(let line) = piece else { continue }
                    try Self.take(line, &framing, &redactor, copy)
                }
                if let problem = framing.incompleteness, problem.code != .unfinished { throw problem }
                if let problem = framing.alteration { throw problem }
                guard framing.exchanges > 0 else { throw CassetteError(.malformedLine, "there is nothing in the recording") }
                try copy.finish()
            } catch {
                copy.abandon()
                throw error
            }
            counts = redactor.counts
            exchanges = framing.exchanges
            isSourceFinished = framing.closing != nil || framing.isForeign
        } catch {
            throw error.of(path)
        }
    }

    private static func take(
        _ line: CassetteReader.Line, _ framing: inout CassetteFraming, _ redactor: inout LineRedactor, _ copy: CassetteCopy
    ) throws(CassetteError) {
        switch try framing.take(line.bytes, position: line.position) {
        case .blank, .closing: break
        case .opening:
            guard var opening = framing.opening else { return }
            opening.isRedacted = true
            opening.keeper = try opening.keeper.map { text throws(CassetteError) in
                try redactor.text(text, line: line.position)
            }
            try copy.begin(opening)
        case .exchange:
            // What is no exchange is not passed on.
            _ = try CassetteLine(parsing: line.bytes[...], position: line.position)
            let redacted = try redactor.line(line.bytes, position: line.position)
            if line.position == 1 { try copy.begin(CassetteOpening(chainID: nil, isRedacted: true)) }
            try copy.append(redacted, CassetteLabel(parsing: redacted, position: line.position))
        }
    }
}
