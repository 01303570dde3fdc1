internal import EthCodec
internal import EthPrimitives
internal import EthRPC

extension FuzzTarget {
    /// Recordings of one or a few lines, and the canonical form of the requests in them.
    static let cassette = FuzzTarget("cassette", .json) {
        var lines = CassetteSeeds.lines
        for exchange in try SharedCorpus.exchanges() {
            lines.append(
                JSONWriter.bytes(of: .object((exchange.members ?? []).filter { $0.name != "cassette" && $0.name != "host" })))
        }
        lines = lines.filter { $0.count < Corpus.longestEntry }
        // Each line alone, and pairs of neighbours between an opening and a closing line.
        let pairs = zip(lines, lines.dropFirst()).enumerated().filter { $0.offset % 4 == 0 }.map {
            CassetteSeeds.framed([$1.0, $1.1])
        }
        return Corpus(lines + pairs)
    } decode: { input throws(BrokenPromise) in
        try checkRequests(input)
        guard let cassette = try? Cassette(ndjson: input) else { return false }
        let lines = input.split(separator: 0x0a).count
        try BrokenPromise.unless(cassette.exchangeCount <= lines, "more exchanges than lines")
        try BrokenPromise.unless(cassette.heads.allSatisfy { cassette.number(of: $0.hash) != nil }, "a head without a number")
        for block in cassette.evidencedBlocks {
            try BrokenPromise.unless(cassette.evidence(of: block.hash)?.isEmpty == false, "evidence of a block is empty")
        }
        _ = cassette.missingHeader
        return true
    }

    /// A canonical request is its own canonical form.
    private static func checkRequests(_ input: [UInt8]) throws(BrokenPromise) {
        for line in input.split(separator: 0x0a).prefix(4) {
            guard let request = (try? JSONScanner.parse(line))?["request"] else { continue }
            for entry in (request.array ?? [request]).prefix(4) {
                guard let method = entry["method"]?.string else { continue }
                let canonical = CanonicalRequest(method: method, params: entry["params"]?.array ?? [])
                let text = Array(canonical.description.utf8.dropFirst(method.utf8.count))
                guard let params = (try? JSONScanner.parse(text))?.array else {
                    throw BrokenPromise("a canonical request is no JSON: \(canonical)")
                }
                let again = CanonicalRequest(method: method, params: params)
                try BrokenPromise.unless(again == canonical, "\(canonical) is \(again) in canonical form")
                try BrokenPromise.unless(again.pinnedTo == canonical.pinnedTo, "\(canonical) is pinned to two blocks")
            }
        }
    }
}

private enum CassetteSeeds {
    private static let word = "0x" + String(repeating: "1f", count: 32)

    static let lines: [[UInt8]] = [
        "{\"block\":1,\"hash\":\"\(word)\",\"time\":95,\"request\":{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getBlockByHash\",\"params\":[\"\(word)\",false]},\"response\":{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"number\":\"0x1\",\"hash\":\"\(word)\",\"parentHash\":\"\(word)\",\"timestamp\":\"0x5f\",\"gasLimit\":\"0x1\",\"gasUsed\":\"0x0\"}}}",
        "{\"request\":[{\"id\":1,\"method\":\"eth_call\",\"params\":[{\"to\":\"0xAB\",\"input\":\"0x\",\"gas\":\"0x01\"},{\"blockHash\":\"\(word)\",\"requireCanonical\":false},{},null]},{\"id\":2,\"method\":\"eth_getStorageAt\",\"params\":[\"0xAB\",\"0x0003\",\"latest\"]}],\"response\":[{\"id\":2,\"result\":\"0x1\"},{\"id\":1,\"error\":{\"code\":3,\"message\":\"x\"}}]}",
        "{\"request\":{\"id\":1,\"method\":\"eth_getLogs\",\"params\":[{\"address\":[\"0xCD\",\"0xAB\"],\"fromBlock\":\"0x01\",\"topics\":[null,[\"0x1\"]]}]},\"response\":{\"id\":1,\"result\":[]}}",
        "{\"note\":\"fees\",\"request\":{\"id\":1,\"method\":\"eth_feeHistory\",\"params\":[5,\"latest\",[10,50]]},\"response\":{\"id\":1,\"result\":{\"oldestBlock\":\"0x1\",\"baseFeePerGas\":[\"0x7\"]}}}",
    ].map { Array($0.utf8) }

    /// Lines between an opening and a closing line that count and hash them.
    static func framed(_ lines: [[UInt8]]) -> [UInt8] {
        let opening = Array("{\"cassette\":1,\"chainId\":1}\n".utf8)
        let body: [UInt8] = lines.flatMap { line -> [UInt8] in line + [0x0a] }
        let digest = Keccak256.hash(opening + body)
        return opening + body + Array("{\"end\":\(lines.count),\"digest\":\"\(digest)\"}\n".utf8)
    }
}
