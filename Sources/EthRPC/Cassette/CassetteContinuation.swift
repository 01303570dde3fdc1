import EthPrimitives

/// A recording that can be gone on with, and from where.
///
/// What a crash left behind is cut off: a torn last member or line, and the lines of the last head, of which nobody knows whether they
/// are all. Of a finished recording only the closing line is.
public struct CassetteContinuation: Sendable {
    public let path: String
    public let opening: CassetteOpening
    /// Whether it has its closing line.
    public let isFinished: Bool
    /// Whether what is cut off can be recorded again, as of a past range.
    public let isRepeatable: Bool
    /// Exchanges that are kept.
    public var exchanges: Int { cut.framing.exchanges }
    /// Blocks of which lines are kept, the newest last: the first one and the newest 128, with their lines.
    public let heads: [CassetteHead]
    /// Reads that the keeper was made with.
    public let setup: CassetteHead
    /// The newest head that is kept.
    public var lastHead: CassetteLabel? { heads.last?.label }

    let isCompressed: Bool
    let cut: CassetteCut
    /// Lines of the member that is cut, up to the cut.
    let kept: [UInt8]

    /// Looks at a file.
    /// - Returns: `nil` if nothing of it is worth keeping: it was cut off in its first member, or is empty.
    /// - Throws: `CassetteError` if it is no recording of ours, or damaged before its end.
    public init?(path: String, isRepeatable: Bool) throws(CassetteError) {
        do throws(CassetteError) {
            let scan = try CassetteScan(path: path)
            guard let opening = scan.opening, let cut = scan.cut else {
                guard scan.isTorn else {
                    throw CassetteError(.malformedLine, "it is no recording of ours: its first line does not open one")
                }
                return nil
            }
            self.path = path
            self.opening = opening
            self.isRepeatable = isRepeatable
            self.cut = cut
            isFinished = scan.isFinished
            isCompressed = scan.isCompressed
            heads = scan.heads
            setup = scan.setup
            kept = try scan.kept(cut)
        } catch {
            throw error.of(path)
        }
    }
}
