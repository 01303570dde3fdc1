internal import EthCodec
internal import EthPrimitives
internal import EthRPC

extension FuzzTarget {
    /// Answers of nodes: the JSON, the body of a batch, and every typed decoder.
    static let jsonRPC = FuzzTarget("json-rpc", .json) {
        var inputs = JSONRPCSeeds.inputs
        for exchange in try SharedCorpus.exchanges() {
            // The id that the target asks for; a batch as it is.
            switch exchange["response"] {
            case .object(let members)?:
                inputs.append(JSONWriter.bytes(of: .object(members.map { $0.name == "id" ? .init("id", 1) : $0 })))
            case let other?: inputs.append(JSONWriter.bytes(of: other))
            case nil: break
            }
        }
        for name in ["mainnet/headers.jsonl.gz", "mainnet/type3_type4_txs.jsonl.gz"] {
            for line in try SharedCorpus.lines(name).prefix(60) {
                inputs.append(JSONWriter.bytes(of: .object(["jsonrpc": "2.0", "id": 1, "result": try JSONScanner.parse(line)])))
            }
        }
        return Corpus(inputs)
    } decode: { input throws(BrokenPromise) in
        let requests = [RPCRequest(id: 1, method: "eth_a"), RPCRequest(id: 2, method: "eth_b")]
        try JSONPromises.check(input)
        var taken = false
        for batch in [Array(requests[..<1]), requests] {
            guard let responses = try? RPCBody.responses(in: input, to: batch) else { continue }
            try BrokenPromise.unless(responses.map(\.id) == batch.map(\.id), "responses are not in the order of the requests")
            for response in responses {
                // Not where the node answered with an error.
                guard case .success(let result) = response.outcome else { continue }
                taken = try TypedAnswers.check(result) || taken
            }
        }
        return taken
    }
}

/// What the scanner and the writer promise each other.
private enum JSONPromises {
    static func check(_ input: [UInt8]) throws(BrokenPromise) {
        guard let json = try? JSONScanner.parse(input) else { return }
        for sorted in [false, true] {
            let written = JSONWriter.bytes(of: json, sorted: sorted)
            guard let again = try? JSONScanner.parse(written) else { throw BrokenPromise("what was written is no JSON") }
            try BrokenPromise.unless(sorted || again == json, "a value changes by writing and reading")
            try BrokenPromise.unless(JSONWriter.bytes(of: again, sorted: sorted) == written, "writing twice gives two texts")
        }
        let skipped = input.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONError) {
                _ = try scanner.skip()
                try scanner.end()
                return true
            } catch { return false }
        }
        try BrokenPromise.unless(skipped, "a value that can be read cannot be walked over")
    }
}

private enum JSONRPCSeeds {
    private static let word = "0x" + String(repeating: "1f", count: 32)
    private static let address = "0x" + String(repeating: "ab", count: 20)
    private static let log =
        "{\"address\":\"\(address)\",\"topics\":[\"\(word)\"],\"data\":\"0x\",\"blockHash\":\"\(word)\",\"blockNumber\":\"0x1\",\"transactionHash\":\"\(word)\",\"transactionIndex\":\"0x0\",\"logIndex\":\"0x0\",\"removed\":false}"
    private static let results = [
        "null", "\"0x1\"", "\"0x\"", "true", "\"\(word)\"", "[\(log)]", "\"0x08c379a0\"",
        "{\"number\":\"0x1\",\"hash\":\"\(word)\",\"parentHash\":\"\(word)\",\"timestamp\":\"0x5f\",\"gasLimit\":\"0x1c9c380\",\"gasUsed\":\"0x0\",\"baseFeePerGas\":\"0x7\"}",
        "{\"oldestBlock\":\"0x1\",\"baseFeePerGas\":[\"0x7\",\"0x8\"],\"gasUsedRatio\":[0.5],\"reward\":[[\"0x1\"]]}",
        "{\"transactionHash\":\"\(word)\",\"blockHash\":\"\(word)\",\"blockNumber\":\"0x1\",\"transactionIndex\":\"0x0\",\"from\":\"\(address)\",\"to\":null,\"status\":\"0x1\",\"gasUsed\":\"0x5208\",\"effectiveGasPrice\":\"0x7\",\"logs\":[\(log)]}",
        "{\"type\":\"0x2\",\"chainId\":\"0x1\",\"nonce\":\"0x0\",\"gas\":\"0x5208\",\"to\":\"\(address)\",\"value\":\"0x0\",\"input\":\"0x\",\"maxFeePerGas\":\"0x7\",\"maxPriorityFeePerGas\":\"0x1\",\"accessList\":[],\"v\":\"0x1\",\"yParity\":\"0x1\",\"r\":\"0x1\",\"s\":\"0x1\"}",
    ]

    static var inputs: [[UInt8]] {
        let single = results.map { "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\($0)}" }
        let others = [
            "[{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"0x2\"},{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":null}]",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c379a0\"}}",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"parse error\"}}", "<html>", "{}", "[]",
            String(repeating: "[", count: 140), "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"\\ud83d\\udd11 \\u0041\\n\"}",
        ]
        return (single + others).map { Array($0.utf8) }
    }
}
