import EthCodec
import EthPrimitives
import EthRPC

/// What we add to a batch on its way: requests from values to bytes, the answer's bytes to values. The wire is elsewhere (`make bench-network`).
enum BatchBench {
    static func rows() throws -> [Row] {
        let call = CallRequest(to: Samples.address(0x11), data: [0x70, 0xa0, 0x82, 0x31] + Samples.bytes(32, 7))
        let query = RPCQuery<[UInt8]>.call(call, at: .latest)
        let answer = Samples.bytes(32, 9)
        let text = (1...100).map { "{\"jsonrpc\":\"2.0\",\"id\":\($0),\"result\":\"\(Hex.encode(answer))\"}" }
        let body = Array("[\(text.joined(separator: ","))]".utf8)
        return [
            Row(
                "a call in a batch of 100, without the wire", piecesPerIteration: 100,
                [
                    .ours {
                        for _ in 0..<$0 {
                            var batch = ReadBatch(at: .latest)
                            let reads = (0..<100).map { _ in batch.add(query) }
                            use(RPCRequest.body(of: batch.requests))
                            let responses = try RPCBody.responses(in: body, to: batch.requests)
                            for (read, response) in zip(reads, responses) {
                                let value = try query.value(of: response)
                                precondition(value == answer, "another answer to \(read)")
                            }
                        }
                    }
                ])
        ]
    }
}
