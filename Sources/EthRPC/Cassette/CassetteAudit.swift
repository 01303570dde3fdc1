internal import EthCodec
import EthPrimitives

/// Everything about a recording that can be checked, checked while it passes by.
public struct CassetteAudit: Sendable {
    /// Something that is not as it should be.
    public struct Finding: Sendable, Hashable, CustomStringConvertible {
        /// From 1; `nil` if it is about no single line.
        public var line: Int?
        public var text: String

        public var description: String { text }
    }

    /// What the digest says.
    public enum Digest: String, Sendable { case ok, differs, absent }

    /// What the index says.
    public enum Index: String, Sendable { case ok, differs, absent, none = "not needed" }

    public private(set) var lines = 0
    public private(set) var exchanges = 0
    public private(set) var members = 0
    public private(set) var heads = 0
    /// Headers whose hash was computed from their fields, and is theirs.
    public private(set) var hashesComputed = 0
    /// Headers that do not have all fields that a hash is over.
    public private(set) var hashesNotComputable = 0
    public private(set) var digest = Digest.absent
    public private(set) var index = Index.none
    public private(set) var isForeign = false
    /// In the order of the file.
    public private(set) var findings: [Finding] = []

    /// More findings than this are not looked for.
    private static let maximumFindings = 100
    /// Number and time of the blocks that were named.
    private var blocks: [BlockHash: (number: UInt64, time: UInt64)] = [:]
    /// Blocks whose state was read before their header came, with the line.
    private var headless: [BlockHash: Int] = [:]

    public var isGood: Bool { findings.isEmpty }

    /// Reads a file once; memory grows by some ten bytes a head.
    /// - Throws: `unreadable` if there is no such file. Everything else is a finding.
    public init(path: String) throws(CassetteError) {
        let file = try ReadableFile(path: path)
        let reader = try CassetteReader(file)
        var framing = CassetteFraming()
        var derived = CassetteIndex()
        var draft = CassetteMemberDraft()
        do throws(CassetteError) {
            while findings.count < Self.maximumFindings, let piece = try reader.next() {
                switch piece {
                case .line(let line): try take(line, &framing, &draft)
                case .member(let end):
                    let offset = derived.members.last?.end ?? 0
                    guard let checksum = try CassetteIndex.checksum(of: file, from: offset, to: end) else { continue }
                    let member = draft.member(offset: offset, bytes: end - offset, checksum: checksum)
                    derived.members.append(member)
                    draft = CassetteMemberDraft(after: member)
                }
            }
            try conclude(framing, reader)
        } catch {
            add(error, line: error.code == .malformedLine ? reader.position : reader.position + 1)
        }
        members = derived.members.count
        isForeign = framing.isForeign
        if reader.isCompressed { try compare(derived, path) }
    }

    private mutating func add(_ error: CassetteError, line: Int? = nil) {
        findings.append(Finding(line: line, text: error.description))
    }

    private mutating func add(_ text: String, line: CassetteLine) {
        findings.append(Finding(line: line.position, text: "line \(line.position): \(text)"))
    }

    private mutating func take(
        _ line: CassetteReader.Line, _ framing: inout CassetteFraming, _ draft: inout CassetteMemberDraft
    ) throws(CassetteError) {
        lines += 1
        let kind = try framing.take(line.bytes, position: line.position)
        guard kind == .exchange else { return draft.add(line.bytes, kind, CassetteLabel()) }
        exchanges += 1
        do throws(CassetteError) {
            let parsed = try CassetteLine(parsing: line.bytes[...], position: line.position)
            draft.add(line.bytes, kind, parsed.label)
            check(parsed)
        } catch {
            add(error, line: line.position)
        }
    }

    private mutating func check(_ line: CassetteLine) {
        for exchange in line.exchanges {
            do throws(RPCError) { _ = try RPCResponse(parsing: exchange.response) } catch {
                guard case .node = error.code else {
                    add("the answer to \(exchange.method): \(error)", line: line)
                    continue
                }
            }
            if exchange.isHeader { checkHeader(exchange, line) }
        }
        guard let hash = line.hash else { return }
        if let known = blocks[hash] {
            if let number = line.block, number != known.number {
                add("it names block \(number), the header of \(hash) is that of block \(known.number)", line: line)
            }
            if let time = line.time, time != known.time {
                add("it names time \(time), the header of \(hash) is of time \(known.time)", line: line)
            }
        } else if line.note != CassetteLabel.setup, line.exchanges.contains(where: { Cassette.stateReads.contains($0.method) }) {
            headless[hash] = headless[hash] ?? line.position
        }
    }

    private mutating func checkHeader(_ exchange: CassetteLine.Exchange, _ line: CassetteLine) {
        // A node's error is an answer; a block that does not decode has no head, and no state may be read of it.
        guard let response = try? RPCResponse(parsing: exchange.response), let json = try? response.result(), json != .null,
            let header = try? BlockHeader(FieldReader(json, path: "result"))
        else { return }
        heads += 1
        blocks[header.hash] = (header.number, header.timestamp)
        headless[header.hash] = nil
        if let asked = exchange.request.askedBlock, asked != header.hash {
            add("block \(asked) was asked for, the header says \(header.hash)", line: line)
        }
        // Nodes of development chains leave fields out.
        guard let whole = try? ExecutionHeader(FieldReader(json, path: "result")) else {
            hashesNotComputable += 1
            return
        }
        guard whole.hash == header.hash else {
            return add(
                "block \(header.number) says that its hash is \(header.hash), its fields hash to \(whole.hash)", line: line)
        }
        hashesComputed += 1
    }

    private mutating func conclude(_ framing: CassetteFraming, _ reader: CassetteReader) throws(CassetteError) {
        if let (hash, line) = headless.min(by: { $0.value < $1.value }) {
            findings.append(
                Finding(line: line, text: "line \(line): state of block \(hash), whose header is nowhere in the recording"))
        }
        if framing.isForeign, exchanges == 0 { findings.append(Finding(text: "there is no line in it")) }
        if let problem = framing.incompleteness { add(problem) }
        guard framing.closing != nil else { return }
        digest = framing.alteration == nil ? .ok : .differs
        if let alteration = framing.alteration { add(alteration) }
    }

    /// Compares the index beside the file with what the file says; the first member that differs is named.
    private mutating func compare(_ derived: CassetteIndex, _ path: String) throws(CassetteError) {
        let place = CassetteIndex.path(of: path)
        // One that cannot be read is as good as none.
        guard let file = try? ReadableFile(path: place) else {
            index = .absent
            return
        }
        let said = try file.read(at: 0, count: Int(clamping: min(file.size, 1 << 30)))
        guard said != derived.bytes else {
            index = .ok
            return
        }
        index = .differs
        let parsed = CassetteIndex(parsing: said).members
        let agreeing = zip(parsed, derived.members).prefix { $0 == $1 }.count
        let what = agreeing < derived.members.count ? ": \(derived.members[agreeing].place)" : ""
        findings.append(Finding(text: "\(place): line \(agreeing + 2) differs from the recording\(what)"))
    }
}

extension CanonicalRequest {
    /// The block that a request for a header names by its hash.
    fileprivate var askedBlock: BlockHash? { description.hasPrefix("eth_getBlockByHash") ? pinnedTo : nil }
}
