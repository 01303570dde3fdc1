#if canImport(Glibc)
    import Glibc
#endif

extension CassetteIndex {
    /// How an index was come by.
    public enum Origin: Sendable, Hashable {
        /// The file beside the recording fits.
        case file
        /// It was absent, damaged or of another state of the recording, and was made again.
        case derived
    }

    /// The index of a compressed recording: as it stands beside it, as far as it fits, and made for the rest.
    /// - Parameter saves: writes it beside the recording if it was not there; that it cannot is no error.
    /// - Throws: `CassetteError` if the recording cannot be read. A torn last member is left out.
    public static func of(_ path: String, saves: Bool = false) throws(CassetteError) -> (index: CassetteIndex, origin: Origin) {
        let file = try ReadableFile(path: path)
        var index = try beside(path).agreeing(with: file)
        let known = index.members.count
        if index.members.last?.end ?? 0 < file.size { try index.extend(to: file) }
        let fits = index.members.count == known && known > 0
        if saves, !fits { index.save(path) }
        return (index, fits ? .file : .derived)
    }

    /// What stands beside a recording, whatever it is worth.
    static func beside(_ path: String) throws(CassetteError) -> CassetteIndex {
        // An index that cannot be read is as good as none.
        guard let file = try? ReadableFile(path: Self.path(of: path)), file.size < 1 << 30,
            let bytes = try? file.read(at: 0, count: Int(file.size))  // see above
        else { return CassetteIndex() }
        return CassetteIndex(parsing: bytes)
    }

    /// Reads the file from where the index ends.
    private mutating func extend(to file: ReadableFile) throws(CassetteError) {
        let reader = try CassetteReader(file)
        guard reader.isCompressed else { return }
        if let last = members.last { reader.jump(to: last.end, lines: last.linesBefore + last.lines) }
        var framing = CassetteFraming()
        let isWhole = members.isEmpty
        var draft = members.last.map(CassetteMemberDraft.init(after:)) ?? CassetteMemberDraft()
        do throws(CassetteError) {
            while let piece = try reader.next() {
                switch piece {
                case .line(let line): try draft.add(line, &framing)
                case .member(let end):
                    let offset = members.last?.end ?? 0
                    guard let checksum = try Self.checksum(of: file, from: offset, to: end) else { continue }
                    let member = draft.member(offset: offset, bytes: end - offset, checksum: checksum)
                    members.append(member)
                    draft = CassetteMemberDraft(after: member)
                }
            }
        } catch {
            // What is torn or damaged has no place in the index; whoever reads that part is told.
            guard error.code == .unreadable || error.code == .malformedLine else { throw error }
        }
        // Whoever has read it all knows whether it is what its closing line says.
        if isWhole, framing.closing != nil, let damage = framing.incompleteness ?? framing.alteration { throw damage }
    }

    /// Writes the index beside its recording: whole, or not at all.
    func save(_ path: String) {
        let place = Self.path(of: path)
        // The recording does without it.
        _ = try? FileReplacement.write(bytes, to: place)
    }
}

extension CassetteMemberDraft {
    /// Adds a line as it was read.
    mutating func add(_ line: CassetteReader.Line, _ framing: inout CassetteFraming) throws(CassetteError) {
        let kind = try framing.take(line.bytes, position: line.position)
        let label =
            kind == .exchange ? try CassetteLabel(parsing: line.bytes, position: line.position) : CassetteLabel()
        add(line.bytes, kind, label)
    }
}
