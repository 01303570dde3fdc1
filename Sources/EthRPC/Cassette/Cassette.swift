internal import EthCodec
public import EthPrimitives
import FoundationEssentials

/// Recorded RPC in memory: answers by request, headers in their order, evidence by block.
///
/// A foreign file without our opening and closing lines is accepted; `notes` says so.
public struct Cassette: Sendable {
    /// The chain that the opening line names; `nil` in a foreign file.
    public private(set) var chainID: ChainID?
    /// Headers in the order of recording; gaps are allowed, and a reorganisation shows as a height that comes again.
    public private(set) var heads: [BlockHeader] = []
    /// Remarks for people about the file.
    public private(set) var notes: [String] = []
    /// Set when the lines are not those that the closing line was made over; checked by whoever has found no miss.
    public private(set) var alteration: CassetteError?
    public private(set) var exchangeCount = 0

    /// Answers in order of recording.
    private var answers: [CanonicalRequest: [ArraySlice<UInt8>]] = [:]
    private var evidence: [BlockHash: BlockEvidence] = [:]
    private var numbers: [BlockHash: UInt64] = [:]
    private var headHashes: Set<BlockHash> = []
    private var hasOpening = false
    /// Blocks whose state was read.
    private var readBlocks: [(hash: BlockHash, number: UInt64?)] = []

    /// Loads a file; `.gz` is decompressed.
    public init(path: String) throws(CassetteError) {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path)) } catch {
            throw CassetteError(.unreadable, "cannot read the recording \(path)")
        }
        var bytes = [UInt8](data)
        if bytes.starts(with: [0x1F, 0x8B]) { bytes = try Gzip.decompress(bytes) }
        try self.init(ndjson: bytes)
    }

    /// Reads newline-delimited JSON.
    public init(ndjson bytes: [UInt8]) throws(CassetteError) {
        var digest = Keccak256()
        var ending: JSON?
        var position = 0
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let line = bytes[start..<end]
            start = end + 1
            position += 1
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            if ending != nil { throw CassetteError(.malformedLine, "line \(position): expected nothing after the closing line") }
            if let frame = Self.frame(line) {
                if frame["end"] != nil {
                    ending = frame
                    continue
                }
                guard frame["cassette"]?.uint64 == 1, position == 1 else {
                    throw CassetteError(.malformedLine, "line \(position): expected a recording of version 1, got \(frame)")
                }
                hasOpening = true
                chainID = frame["chainId"]?.uint64.map { ChainID($0) }
            } else {
                try add(CassetteLine(parsing: line, position: position))
            }
            digest.update(Array(line) + [0x0A])
        }
        try check(ending, digest.finalize())
    }

    /// The opening or closing line of our own recordings.
    private static func frame(_ line: ArraySlice<UInt8>) -> JSON? {
        // Broken lines are named by CassetteLine.
        guard line.count < 512, let json = try? JSONScanner.parse(line) else { return nil }
        return json["cassette"] != nil || json["end"] != nil ? json : nil
    }

    private mutating func check(_ ending: JSON?, _ digest: B256) throws(CassetteError) {
        guard hasOpening || ending != nil else {
            notes.append("a foreign recording without opening and closing lines: completeness is not checked")
            return
        }
        guard let ending else {
            throw CassetteError(.unfinished, "the recording has no closing line: it was cut off or is still being written")
        }
        let said = ending["end"]?.uint64 ?? 0
        guard said == UInt64(exchangeCount) else {
            throw CassetteError(
                .missingLines, "the recording's closing line counts \(said) exchanges, \(exchangeCount) are there")
        }
        if ending["digest"]?.string != digest.description {
            alteration = CassetteError(
                .altered,
                "the recording was altered: its lines hash to \(digest), the closing line says \(ending["digest"] ?? .null)")
        }
    }

    private mutating func add(_ line: CassetteLine) throws(CassetteError) {
        exchangeCount += 1
        if let hash = line.hash, line.exchanges.contains(where: { Self.stateReads.contains($0.method) }) {
            readBlocks.append((hash, line.block))
        }
        for exchange in line.exchanges {
            answers[exchange.request, default: []].append(exchange.response)
            switch exchange.method {
            case "eth_getBlockByHash", "eth_getBlockByNumber":
                // Blocks that do not decode are no heads; whoever asks for them gets the decoder's error.
                if let response = try? RPCResponse(parsing: exchange.response), let json = try? response.result(), json != .null,
                    let header = try? BlockHeader(FieldReader(json, path: "result"))
                {
                    numbers[header.hash] = header.number
                    headHashes.insert(header.hash)
                    if heads.last?.hash != header.hash { heads.append(header) }
                }
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

    private static let stateReads: Set = [
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
