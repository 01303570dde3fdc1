internal import EthCodec
import EthPrimitives

/// What opening and closing line say of the lines between them, checked while the lines pass by.
struct CassetteFraming: Sendable {
    private(set) var opening: CassetteOpening?
    private(set) var closing: CassetteClosing?
    /// Exchanges so far.
    private(set) var exchanges = 0
    private var hasher = Keccak256()

    /// What a line is.
    enum Kind: Sendable { case blank, opening, exchange, closing }

    /// Takes the next line in.
    /// - Throws: `malformedLine` for an opening line of another version or in another place, and for what follows the closing line.
    mutating func take(_ line: [UInt8], position: Int) throws(CassetteError) -> Kind {
        guard line.contains(where: { $0 > 0x20 }) else { return .blank }
        guard closing == nil else {
            throw CassetteError(.malformedLine, "line \(position): expected nothing after the closing line")
        }
        guard let frame = Self.frame(line) else {
            exchanges += 1
            absorb(line)
            return .exchange
        }
        if frame["end"] != nil {
            closing = CassetteClosing(frame)
            return .closing
        }
        guard position == 1, let opening = try CassetteOpening(frame) else {
            throw CassetteError(.malformedLine, "line \(position): expected a recording of version 1, got \(frame)")
        }
        self.opening = opening
        absorb(line)
        return .opening
    }

    private mutating func absorb(_ line: [UInt8]) {
        hasher.update(line)
        hasher.update([0x0A])
    }

    /// The hash of all lines so far, but for a closing one.
    var digest: B256 { hasher.finalize() }

    /// Whether neither opening nor closing line was there: a recording that somebody else wrote.
    var isForeign: Bool { opening == nil && closing == nil }

    /// The opening or closing line of our own recordings.
    private static func frame(_ line: [UInt8]) -> JSON? {
        // Broken lines are named by CassetteLine.
        guard line.count < 1024, let json = try? JSONScanner.parse(line) else { return nil }
        return json["cassette"] != nil || json["end"] != nil ? json : nil
    }

    /// What is missing at the end of the lines.
    var incompleteness: CassetteError? {
        guard !isForeign else { return nil }
        guard let closing else {
            return CassetteError(.unfinished, "the recording has no closing line: it was cut off or is still being written")
        }
        guard closing.exchanges == UInt64(exchanges) else {
            return CassetteError(
                .missingLines, "the recording's closing line counts \(closing.exchanges) exchanges, \(exchanges) are there")
        }
        return nil
    }

    /// Set when the lines are not those that the closing line was made over.
    var alteration: CassetteError? {
        guard let closing, closing.digest != digest.description else { return nil }
        let said = closing.digest ?? "nothing"
        return CassetteError(
            .altered, "the recording was altered: its lines hash to \(digest), the closing line says \(said)")
    }
}
