import EthCodec
import EthContracts
import EthPrimitives
import EthRPC

/// Reads of a recording: requests built from types, found by their canonical form, answers decoded to typed values.
enum ReplayBench {
    static let blocks = 200
    static let callsPerBlock = 20
    static let token = Samples.address(0x33)

    static func hash(_ block: Int) -> BlockHash {
        Keccak256.hash(Samples.bytes(8, block))
    }

    private static func batch(_ block: Int) -> (ReadBatch, [PendingRead<UInt256>]) {
        var batch = ReadBatch(at: .hash(hashes[block]))
        let reads = (0..<callsPerBlock).map { batch.call(ERC20.BalanceOfCall(owner: Samples.address($0 + 1)), to: token) }
        return (batch, reads)
    }

    static func answer(_ block: Int, _ call: Int) -> UInt256 { UInt256(UInt64(block * 1_000 + call)) * 1_000_000_000_000_000_000 }

    /// One line a block, as a node answered.
    private static var recording: [UInt8] {
        var lines: [UInt8] = []
        for block in 0..<blocks {
            let (batch, _) = batch(block)
            let answers = batch.requests.enumerated().map { index, request in
                JSON.object([
                    "jsonrpc": "2.0", "id": .integer(request.id),
                    "result": .string(answer(block, index).bigEndianBytes.description),
                ])
            }
            let line = JSON.object(["request": .array(batch.requests.map(\.json)), "response": .array(answers)])
            lines += JSONWriter.bytes(of: line) + [0x0A]
        }
        return lines
    }

    static func rows() throws -> [Row] {
        let cassette = try Cassette(ndjson: recording)
        let provider = Provider(ReplayingTransport(cassette))
        let batched: @Sendable (Int) async throws -> Void = { iterations in
            for iteration in 0..<iterations {
                let block = iteration % blocks
                let (batch, reads) = batch(block)
                let answers = try await provider.send(batch)
                for (index, read) in reads.enumerated() {
                    let value = try answers.value(of: read)
                    precondition(value == answer(block, index), "another answer")
                }
            }
        }
        let single: @Sendable (Int) async throws -> Void = { iterations in
            for iteration in 0..<iterations {
                let (block, index) = (iteration / callsPerBlock % blocks, iteration % callsPerBlock)
                let call = ERC20.BalanceOfCall(owner: Samples.address(index + 1))
                let bytes = try await provider.call(CallRequest(to: token, data: call.callData), at: .hash(hashes[block]))
                let value = try ERC20.BalanceOfCall.decodeOutput(bytes)
                precondition(value == answer(block, index), "another answer")
            }
        }
        return [
            Row(
                "replay a recorded call, 20 a batch", piecesPerIteration: callsPerBlock,
                [
                    .ours(.nanoseconds(2_000)) { iterations in try InlineExecutor.run { try await batched(iterations) } },
                    .python("Python dict and eth-abi", "replay_dictionary_20"),
                ]),
            Row(
                "replay a recorded call, one by one",
                [
                    .ours(.nanoseconds(2_000)) { iterations in try InlineExecutor.run { try await single(iterations) } },
                    .python("Python dict and eth-abi", "replay_dictionary"),
                ]),
        ]
    }

    private static let hashes = (0..<blocks).map(hash)
}
