import EthPrimitives

/// What is in a recording, counted while it passes by.
public struct CassetteSummary: Sendable {
    /// The opening line; `nil` in a recording that somebody else wrote.
    public private(set) var opening: CassetteOpening?
    /// Whether the closing line is there and counts as many exchanges as there are.
    public private(set) var isFinished = false
    public private(set) var exchanges = 0
    /// Headers, but for those that come again at once.
    public private(set) var heads = 0
    /// Of the heads with the smallest and the largest number.
    public private(set) var first: BlockHeader?
    public private(set) var last: BlockHeader?
    /// How many heads did not come after those before them.
    public private(set) var reorganisations = 0
    /// Requests that have an answer, by method.
    public private(set) var methods: [String: Int] = [:]
    /// Answers that are a node's error.
    public private(set) var errors = 0
    /// Lines by note.
    public private(set) var notes: [String: Int] = [:]
    /// Members of a compressed file.
    public private(set) var members = 0
    /// Of the file.
    public let bytes: UInt64
    /// Of all its lines.
    public private(set) var unpacked: UInt64 = 0
    public let isCompressed: Bool
    /// What is remarkable, for people.
    public private(set) var remarks: [String] = []

    private var previous: BlockHeader?
    /// Different notes that are counted by themselves: one of ours has two.
    private static let maximumNotes = 50

    /// Reads a file once, in bounded memory.
    /// - Throws: `CassetteError` naming the first line that is none. A torn end is a remark.
    public init(path: String) throws(CassetteError) {
        do throws(CassetteError) {
            let reader = try CassetteReader(path: path)
            bytes = reader.size
            isCompressed = reader.isCompressed
            var framing = CassetteFraming()
            do throws(CassetteError) { try read(reader, &framing) } catch {
                guard error.code == .unreadable, framing.opening != nil, framing.closing == nil else { throw error }
                remarks.append(error.description)
            }
            opening = framing.opening
            isFinished = framing.closing != nil && framing.incompleteness == nil
            if framing.isForeign { remarks.append("somebody else's: no opening and closing lines, completeness is not checked") }
            if let problem = framing.incompleteness { remarks.append(problem.description) }
            if framing.opening?.isRedacted ?? false { remarks.append("redacted") }
        } catch {
            throw error.of(path)
        }
    }

    private mutating func read(_ reader: CassetteReader, _ framing: inout CassetteFraming) throws(CassetteError) {
        while let piece = try reader.next() {
            switch piece {
            case .member: members += 1
            case .line(let line):
                unpacked += UInt64(line.bytes.count) + 1
                guard try framing.take(line.bytes, position: line.position) == .exchange else { continue }
                try add(CassetteLine(parsing: line.bytes[...], position: line.position))
            }
        }
    }

    private mutating func add(_ line: CassetteLine) throws(CassetteError) {
        exchanges += 1
        if let note = line.note {
            notes[notes[note] != nil || notes.count < Self.maximumNotes ? note : "others", default: 0] += 1
        }
        for exchange in line.exchanges {
            methods[exchange.method, default: 0] += 1
            // What is no response at all is for `verify` to name.
            if let response = try? RPCResponse(parsing: exchange.response), case .failure = response.outcome { errors += 1 }
            guard line.note != CassetteLabel.setup, exchange.isHeader, let header = try? exchange.header() else { continue }
            add(header)
        }
    }

    private mutating func add(_ header: BlockHeader) {
        guard header.hash != previous?.hash else { return }
        heads += 1
        if let previous, header.number <= previous.number { reorganisations += 1 }
        if header.number < first?.number ?? .max { first = header }
        if header.number >= last?.number ?? 0 { last = header }
        previous = header
    }
}

extension CassetteLine.Exchange {
    /// Whether a block was asked for.
    var isHeader: Bool { method == "eth_getBlockByHash" || method == "eth_getBlockByNumber" }
}
