/// A part of a recording, made a recording of its own.
public struct CassetteExcerpt: Sendable {
    /// Exchanges of the part.
    public private(set) var exchanges = 0
    /// Exchanges that go with every part: set-up reads, and those that do not name their block.
    public private(set) var loose = 0
    /// Block numbers of the part.
    public private(set) var blocks: ClosedRange<UInt64>?
    /// Bytes of the source that were read, and of how many.
    public private(set) var bytesRead: UInt64 = 0
    public private(set) var bytesThere: UInt64 = 0
    /// Whether the source has its closing line.
    public private(set) var isSourceFinished = false

    /// Writes a new recording with the part's lines as they are.
    /// - Throws: `CassetteError`; then there is no new file. `malformedLine` if nothing lies in the part.
    public init(of path: String, _ range: CassetteRange, to output: String) throws(CassetteError) {
        do throws(CassetteError) {
            let part = try CassettePart(path: path, range: range)
            bytesThere = try ReadableFile(path: path).size
            let copy = CassetteCopy(output)
            do throws(CassetteError) {
                try write(part, range, copy)
                try copy.finish()
            } catch {
                copy.abandon()
                throw error
            }
            bytesRead = part.bytesRead
            isSourceFinished = part.isFinished || part.isForeign
        } catch {
            throw error.of(path)
        }
    }

    private mutating func write(_ part: CassettePart, _ range: CassetteRange, _ copy: CassetteCopy) throws(CassetteError) {
        try part.forEach { (line, position, kind) throws(CassetteError) in
            guard kind == .exchange else {
                var opening = part.opening ?? CassetteOpening(chainID: nil)
                opening.range = opening.range.flatMap { $0.narrowed(to: range) }
                return try copy.begin(opening)
            }
            let label = try CassetteLabel(parsing: line, position: position)
            try copy.append(line, label)
            guard range.contains(label) ?? false else {
                loose += 1
                return
            }
            exchanges += 1
            guard let block = label.block else { return }
            blocks = blocks.map { min($0.lowerBound, block)...max($0.upperBound, block) } ?? block...block
        }
        guard exchanges > 0 else {
            let covers = part.blocks.map { ": the recording is of blocks \($0.lowerBound) to \($0.upperBound)" } ?? ""
            throw CassetteError(.malformedLine, "nothing lies between \(range)\(covers)")
        }
    }
}

extension RecordedRange {
    /// The part that is in another range; `nil` where that is given by times, whose blocks are not known when the first line is
    /// written: then it is no recording that `record` could go on with.
    fileprivate func narrowed(to range: CassetteRange) -> RecordedRange? {
        var copy = self
        switch range.from {
        case .block(let number)?: copy.first = max(first, number)
        case .time?: return nil
        case nil: break
        }
        switch range.to {
        case .block(let number)?: copy.last = min(last, number)
        case .time?: return nil
        case nil: break
        }
        return copy
    }
}
