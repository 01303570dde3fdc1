import EthChain
import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import Foundation
import TestSupport
import Testing

/// `eth_simulateV1` as execution-apis recorded it of a client, on a chain of which we have no state: what does not depend on it.
@Suite("Recorded simulations") struct SimulationVectorTests {
    private static let folder = "execution-apis/tests/eth_simulateV1"
    /// What follows from the state, or from a hash that does.
    private static let stateful: Set = ["hash", "parentHash", "stateRoot", "blockHash"]

    /// A chain at the height and time of theirs, with the rules that it has there.
    private static func chain() throws -> LocalChain {
        var configuration = LocalChainConfiguration(
            chainID: 3_503_995_874_084_926, fork: .osaka, genesisTime: 0, gasLimit: 200_000_000)
        configuration.blobSchedule = .bpo2
        configuration.hasSystemContracts = true
        configuration.feeRecipient = .zero
        let chain = try LocalChain(configuration)
        for number in 1...54 as ClosedRange<UInt64> {
            // From this fee an empty block makes 23,985,819.
            chain.setNextBaseFee(Wei(27_412_364))
            try chain.mine(at: number * 10)
        }
        return chain
    }

    @Test(
        "Calls, receipts, transactions and headers come out as recorded, roots and hashes of the state apart",
        .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func recorded() throws {
        var tally = VectorTally("execution-apis eth_simulateV1")
        for name in try SharedVectors.files(in: Self.folder, suffix: ".io") {
            let lines = try SharedVectors.text(name).split(separator: "\n").map(String.init)
            guard let request = lines.first(where: { $0.hasPrefix(">> ") }),
                let response = lines.first(where: { $0.hasPrefix("<< ") })
            else { continue }
            let asked = try JSONScanner.parse(Array(request.dropFirst(3).utf8))
            let expected = try JSONScanner.parse(Array(response.dropFirst(3).utf8))
            if let reason = Self.leftOut(asked, name) {
                tally.skip(reason)
                continue
            }
            let ours = try JSONScanner.parse(
                Self.chain().answer([RPCRequest(method: "eth_simulateV1", params: asked["params"]?.array ?? [])])[0].raw)
            let (mine, theirs) = (Self.comparable(ours), Self.comparable(expected))
            tally.count(mine == theirs)
            if mine != theirs { Issue.record("\(name)\n\(mine)\n\(theirs)") }
        }
        tally.report()
        #expect(tally.failed == 0 && tally.passed > 20)
    }

    private static func leftOut(_ asked: JSON, _ name: String) -> String? {
        let text = asked.description
        if text.contains("\"traceTransfers\":true") { return "traceTransfers is not supported" }
        if text.contains("movePrecompileToAddress") { return "moving precompiled contracts is not supported" }
        if ["blockhash", "get-block-properties", "than-fit-but-now-with-fit"].contains(where: name.contains) {
            return "the hash of a block is in what is returned"
        }
        if name.contains("overflow-nonce") { return "a nonce at its end is always refused" }
        return nil
    }

    /// Result or error without what follows from the state.
    private static func comparable(_ response: JSON) -> String {
        JSON.object(["result": response["result"].map(stripped), "error": response["error"].map(stripped)]).sortedText
    }

    private static func stripped(_ json: JSON) -> JSON {
        switch json {
        case .array(let elements): .array(elements.map(stripped))
        case .object(let members):
            .object(
                members.filter { !stateful.contains($0.name) || isTransaction(members) && $0.name == "hash" }.map {
                    .init($0.name, stripped($0.value))
                })
        default: json
        }
    }

    private static func isTransaction(_ members: [JSON.Member]) -> Bool { members.contains { $0.name == "input" } }
}
