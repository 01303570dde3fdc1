import EthPrimitives

/// The lines of a part of a recording, read one after the other: of a compressed recording only the members that it needs, as its
/// index tells.
final class CassettePart {
    private let path: String
    private let range: CassetteRange
    private(set) var opening: CassetteOpening?
    private(set) var isFinished = false
    /// Bytes of the file that were read.
    private(set) var bytesRead: UInt64 = 0
    private(set) var membersRead = 0
    /// What the recording covers, as far as it was looked at: for the error where a part is empty.
    private(set) var blocks: ClosedRange<UInt64>?
    private(set) var times: ClosedRange<UInt64>?

    var isForeign: Bool { opening == nil && !isFinished }

    init(path: String, range: CassetteRange) throws(CassetteError) {
        self.path = path
        self.range = range
    }

    typealias Body = (_ line: [UInt8], _ position: Int, _ kind: CassetteFraming.Kind) throws(CassetteError) -> Void

    /// Hands over the opening line, where there is one, and the exchanges of the part, with those that go with every part.
    /// - Throws: what the body throws; `altered` for a member that is not what the index knows, for damage before the end, and for
    ///   a plain recording that is not what its closing line says.
    func forEach(_ body: Body) throws(CassetteError) {
        let file = try ReadableFile(path: path)
        let reader = try CassetteReader(file)
        guard reader.isCompressed else {
            var framing = CassetteFraming()
            while case .line(let line)? = try reader.next() { try take(line, &framing, body) }
            bytesRead = file.size
            isFinished = framing.closing != nil
            if isFinished, let damage = framing.incompleteness ?? framing.alteration { throw damage }
            return
        }
        let index = try CassetteIndex.of(path, saves: true).index
        isFinished = index.members.last?.isLast ?? false
        if !isFinished { try CassetteDamage.refuse(in: file, from: index.members.last?.end ?? 0) }
        for member in index.members {
            blocks = Self.union(blocks, member.blocks)
            times = Self.union(times, member.times)
        }
        for member in index.members where range.meets(member) {
            try read(member, of: reader, body)
            bytesRead += member.bytes
            membersRead += 1
        }
    }

    private static func union(_ one: ClosedRange<UInt64>?, _ other: ClosedRange<UInt64>?) -> ClosedRange<UInt64>? {
        guard let one, let other else { return one ?? other }
        return min(one.lowerBound, other.lowerBound)...max(one.upperBound, other.upperBound)
    }

    private func read(_ member: CassetteMember, of reader: CassetteReader, _ body: Body) throws(CassetteError) {
        reader.jump(to: member.offset, lines: member.linesBefore)
        var framing = CassetteFraming()
        var hasher = Keccak256()
        while let piece = try reader.next() {
            switch piece {
            case .line(let line):
                hasher.update(line.bytes)
                hasher.update([0x0A])
                try take(line, &framing, body)
            case .member(let end) where end < member.end: continue
            case .member:
                guard hasher.finalize() == member.digest else {
                    throw CassetteError(.altered, "\(member.place): not the lines that the index knows")
                }
                return
            }
        }
        throw CassetteError(.unreadable, "\(member.place): the file ends within them")
    }

    private func take(_ line: CassetteReader.Line, _ framing: inout CassetteFraming, _ body: Body) throws(CassetteError) {
        switch try framing.take(line.bytes, position: line.position) {
        case .blank, .closing: return
        case .opening:
            opening = framing.opening
            try body(line.bytes, line.position, .opening)
        case .exchange:
            let label = try CassetteLabel(parsing: line.bytes, position: line.position)
            if let block = label.block { blocks = Self.union(blocks, block...block) }
            if let time = label.time { times = Self.union(times, time...time) }
            guard range.contains(label) ?? true else { return }
            try body(line.bytes, line.position, .exchange)
        }
    }
}
