/// One pass over a recording that was perhaps cut off, to find where it can go on.
struct CassetteScan {
    private(set) var opening: CassetteOpening?
    /// Where it can go on; `nil` before there is an opening line.
    private(set) var cut: CassetteCut?
    private(set) var isFinished = false
    /// Whether bytes after the last whole member or line were passed over, or there are none at all.
    private(set) var isTorn = false
    /// The first and the newest ones that stay.
    private(set) var heads: [CassetteHead] = []
    private(set) var setup = CassetteHead(label: CassetteLabel(note: CassetteLabel.setup), lines: [])
    let isCompressed: Bool

    private let file: ReadableFile
    /// The state after the last line.
    private var now = CassetteCut()
    /// The head whose lines are being read.
    private var current: CassetteHead?

    init(path: String) throws(CassetteError) {
        file = try ReadableFile(path: path)
        let reader = try CassetteReader(file)
        isCompressed = reader.isCompressed || path.hasSuffix(".gz")
        // The first byte of gzip's two may be all that was written.
        isTorn = file.size == 0
        if file.size == 1, isCompressed, try file.read(at: 0, count: 1) == Array(Gzip.header.prefix(1)) {
            isTorn = true
            return
        }
        guard reader.isCompressed == isCompressed || file.size == 0 else {
            throw CassetteError(.unreadable, "not gzip, as its name says")
        }
        do throws(CassetteError) {
            try isCompressed ? readMembers(reader) : readLines(reader)
        } catch {
            guard error.code == .unreadable, isCompressed else { throw error }
            isTorn = true
            let start = now.members.last?.end ?? 0
            try CassetteDamage.refuse(in: file, from: start)
        }
        if isFinished, let damage = now.framing.incompleteness ?? now.framing.alteration { throw damage }
        // Set-up reads without a head after them are perhaps not all.
        if cut?.framing.exchanges == 0 { setup.lines = [] }
        if isFinished, let current { keep(current) }
    }

    /// A member counts when it is whole.
    private mutating func readMembers(_ reader: CassetteReader) throws(CassetteError) {
        var lines: [CassetteReader.Line] = []
        while let piece = try reader.next() {
            switch piece {
            case .line(let line):
                if line.position == 1 { try checkBeginning(line.bytes) }
                lines.append(line)
            case .member(let end):
                let offset = now.members.last?.end ?? 0
                guard let checksum = try CassetteIndex.checksum(of: file, from: offset, to: end) else { continue }
                for line in lines { try take(line) }
                lines = []
                let member = now.draft.member(offset: offset, bytes: end - offset, checksum: checksum)
                now.members.append(member)
                now.draft = CassetteMemberDraft(after: member)
            }
        }
        isTorn = isTorn || !lines.isEmpty
    }

    /// A line counts when its line feed is there.
    private mutating func readLines(_ reader: CassetteReader) throws(CassetteError) {
        var broken: CassetteError?
        while case .line(let line)? = try reader.next() {
            if let broken { throw broken }
            guard line.isComplete else {
                if line.position == 1 { try checkBeginning(line.bytes) }
                isTorn = true
                return
            }
            if line.position == 1 { try checkBeginning(line.bytes) }
            do throws(CassetteError) { try take(line) } catch {
                // A crash of the machine may leave a last line that was never written.
                broken = error
            }
        }
    }

    private static let beginning = Array("{\"cassette\":1".utf8)

    /// A file that does not begin as ours do is somebody's; of ours, the beginning of the first line may be all that there is.
    private func checkBeginning(_ line: [UInt8]) throws(CassetteError) {
        guard Self.beginning.starts(with: line.prefix(Self.beginning.count)) else {
            throw CassetteError(.malformedLine, "line 1: it does not open a recording of ours")
        }
    }

    private mutating func take(_ line: CassetteReader.Line) throws(CassetteError) {
        let before = now
        let kind = try now.framing.take(line.bytes, position: line.position)
        let label =
            kind == .exchange ? try CassetteLabel(parsing: line.bytes, position: line.position) : CassetteLabel()
        now.draft.add(line.bytes, kind, label)
        now.lines += 1
        now.offset += UInt64(line.bytes.count) + 1
        switch kind {
        case .blank: break
        case .opening:
            opening = now.framing.opening
            cut = now
        case .closing:
            isFinished = true
            cut = before
        case .exchange where opening == nil: break
        case .exchange where label.note == CassetteLabel.setup: setup.lines.append(line.bytes)
        case .exchange:
            if current == nil || label.hash != current?.label.hash {
                if let current { keep(current) }
                current = CassetteHead(label: label, lines: [])
                cut = before
            }
            current?.lines.append(line.bytes)
        }
    }

    /// How many heads are looked at again before a recording is continued: more than those of an hour.
    static let recentHeads = 128

    private mutating func keep(_ head: CassetteHead) {
        heads.append(head)
        if heads.count > Self.recentHeads { heads.remove(at: 1) }
    }

    /// The lines between the start of the cut member and the cut.
    func kept(_ cut: CassetteCut) throws(CassetteError) -> [UInt8] {
        guard isCompressed, cut.draft.lines > 0 else { return [] }
        let reader = try CassetteReader(file)
        reader.jump(to: cut.members.last?.end ?? 0, lines: cut.lines - cut.draft.lines)
        var bytes: [UInt8] = []
        for _ in 0..<cut.draft.lines {
            guard case .line(let line)? = try reader.next() else { break }
            bytes += line.bytes + [0x0A]
        }
        return bytes
    }
}
