internal import EthCodec
public import EthPrimitives

/// Recorded RPC in memory: answers by request, headers in their order, evidence by block.
///
/// A foreign file without our opening and closing lines is accepted; `notes` says so.
public struct Cassette: Sendable {
    /// The opening line; `nil` in a foreign file.
    public private(set) var opening: CassetteOpening?
    /// Headers in the order of recording; gaps are allowed, and a reorganisation shows as a height that comes again.
    public private(set) var heads: [BlockHeader] = []
    /// Remarks for people about the file.
    public private(set) var notes: [String] = []
    /// Set when the lines are not those that the closing line was made over; checked by whoever has found no miss.
    public private(set) var alteration: CassetteError?
    public private(set) var exchangeCount = 0
    /// The block at which the keeper was made, where the recording tells it apart; only number, hash and time are known of it.
    public private(set) var setupHead: BlockHeader?

    /// Answers in order of recording.
    private var answers: [CanonicalRequest: [ArraySlice<UInt8>]] = [:]
    private var evidence: [BlockHash: BlockEvidence] = [:]
    private var numbers: [BlockHash: UInt64] = [:]
    private var headHashes: Set<BlockHash> = []
    /// Blocks whose state was read.
    private var readBlocks: [(hash: BlockHash, number: UInt64?)] = []

    /// The chain that the opening line names; `nil` in a foreign file.
    public var chainID: ChainID? { opening?.chainID }

    /// Loads a file; what is gzip is decompressed.
    public init(path: String) throws(CassetteError) {
        do throws(CassetteError) {
            try read(CassetteReader(path: path))
        } catch {
            throw error.of(path)
        }
    }

    /// Reads newline-delimited JSON.
    public init(ndjson bytes: [UInt8]) throws(CassetteError) { try read(CassetteReader(ReadableFile(bytes: bytes))) }

    /// Exchanges that are in no file.
    public init(_ exchanges: [CassetteExchange]) throws(CassetteError) {
        for (index, exchange) in exchanges.enumerated() {
            try add(CassetteLine(parsing: exchange.line[...], position: index + 1))
        }
    }

    /// Loads a part of a file: of a compressed one only the members that it needs.
    ///
    /// The count and the digest of the closing line are over all lines, so they are not checked; those of the members that are read
    /// are.
    /// - Throws: `unfinished` if there is no closing line.
    public init(path: String, range: CassetteRange) throws(CassetteError) {
        do throws(CassetteError) {
            let part = try CassettePart(path: path, range: range)
            try part.forEach { (line, position, kind) throws(CassetteError) in
                if kind == .exchange { try add(CassetteLine(parsing: line[...], position: position)) }
            }
            opening = part.opening
            guard part.isFinished || part.isForeign else {
                throw CassetteError(
                    .unfinished, "the recording has no closing line: it was cut off or is still being written")
            }
        } catch {
            throw error.of(path)
        }
        notes.append("only \(range) is read: completeness is not checked beyond")
    }

    private mutating func read(_ reader: CassetteReader) throws(CassetteError) {
        var framing = CassetteFraming()
        while let piece = try reader.next() {
            guard case .line(let line) = piece else { continue }
            guard try framing.take(line.bytes, position: line.position) == .exchange else { continue }
            try add(CassetteLine(parsing: line.bytes[...], position: line.position))
        }
        if framing.isForeign {
            notes.append("a foreign recording without opening and closing lines: completeness is not checked")
        }
        opening = framing.opening
        if let problem = framing.incompleteness { throw problem }
        alteration = framing.alteration
    }

    private mutating func add(_ line: CassetteLine) throws(CassetteError) {
        exchangeCount += 1
        let isSetup = line.note == CassetteLabel.setup
        if isSetup, setupHead == nil, let hash = line.hash, let number = line.block, let time = line.time {
            setupHead = BlockHeader(
                number: number, hash: hash, parentHash: BlockHash(), timestamp: time, gasLimit: 0, gasUsed: 0, baseFeePerGas: nil)
        }
        if !isSetup, let hash = line.hash, line.exchanges.contains(where: { Self.stateReads.contains($0.method) }) {
            readBlocks.append((hash, line.block))
        }
        for exchange in line.exchanges {
            answers[exchange.request, default: []].append(exchange.response)
            switch exchange.method {
            case "eth_getBlockByHash", "eth_getBlockByNumber":
                // Blocks that do not decode are no heads; whoever asks for them gets the decoder's error.
                guard let header = try? exchange.header() else { continue }
                numbers[header.hash] = header.number
                headHashes.insert(header.hash)
                if !isSetup, heads.last?.hash != header.hash { heads.append(header) }
            case "eth_getTransactionReceipt", "eth_getBlockReceipts", "eth_getLogs": try addEvidence(exchange, line)
            default: break
            }
        }
    }

    /// Set when state of a block is recorded without the block's header: that would silently become a gap between heads.
    public var missingHeader: RPCError? {
        guard let (hash, block) = readBlocks.first(where: { !headHashes.contains($0.hash) }) else { return nil }
        let number = block.map { "block \($0) (\(hash))" } ?? "block \(hash)"
        return RPCError(
            .noRecordedAnswer, "no recorded answer to eth_getBlockByHash with parameters [\"\(hash)\",false] at \(number)")
    }

    static let stateReads: Set = [
        "eth_call", "eth_getStorageAt", "eth_getBalance", "eth_getTransactionCount", "eth_getCode",
    ]

    private mutating func addEvidence(_ exchange: CassetteLine.Exchange, _ line: CassetteLine) throws(CassetteError) {
        do {
            let found = try BlockEvidence(exchange)
            for receipt in found.receipts {
                evidence[receipt.blockHash, default: BlockEvidence()].add(receipt)
                numbers[receipt.blockHash] = receipt.blockNumber
            }
            for log in found.logs {
                evidence[log.blockHash, default: BlockEvidence()].add(log)
                numbers[log.blockHash] = log.blockNumber
            }
        } catch {
            throw CassetteError(.malformedLine, "line \(line.position): \(error)")
        }
    }

    /// All recorded answers to a request, in order.
    func recorded(_ request: CanonicalRequest) -> [ArraySlice<UInt8>] { answers[request] ?? [] }

    /// What is known of a block beyond the reads.
    public func evidence(of block: BlockHash) -> BlockEvidence? { evidence[block] }

    /// Evidence of all blocks that have any, with their numbers.
    public var evidencedBlocks: [(hash: BlockHash, number: UInt64)] {
        evidence.keys.compactMap { hash in numbers[hash].map { (hash, $0) } }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    }

    /// The number of a block that occurs in the recording.
    public func number(of block: BlockHash) -> UInt64? { numbers[block] }
}
