import EthPrimitives
import EthRPC
import Testing

@testable import KeeperTransactions

@Suite("Verdict of several nodes")
struct BroadcastVerdictTests {
    private let hash = Keccak256.hash([1])

    private func refusal(_ text: String) -> BroadcastReport.Outcome { .refused(RPCError(.node(code: -32000, data: nil), text)) }

    private func verdict(_ outcomes: [BroadcastReport.Outcome]) -> BroadcastVerdict {
        BroadcastVerdict(BroadcastReport(hash: hash, outcomes: outcomes.map { ("node", $0) }))
    }

    @Test("one node that takes it is enough; no answer is no refusal; nothing asked is no certainty")
    func combined() {
        let silent = BroadcastReport.Outcome.noAnswer(RPCError(.timeout, "late"))
        #expect(verdict([refusal("nonce too low"), .accepted]) == .accepted)
        #expect(verdict([refusal("nonce too low"), .alreadyKnown, silent]) == .alreadyKnown)
        #expect(verdict([refusal("nonce too low"), silent]) == .noAnswer)
        #expect(verdict([refusal("txpool is full"), refusal("nonce too low")]) == .refused(.nonceTooLow))
        #expect(verdict([refusal("txpool is full")]) == .refused(.poolFull))
        #expect(verdict([]) == .noAnswer)
    }

    @Test("already known is success only for our own hash")
    func known() {
        let other = Keccak256.hash([2])
        #expect(verdict([refusal("already known: \(hash)")]) == .alreadyKnown)
        #expect(verdict([refusal("already known: \(other)")]) == .refused(.alreadyKnown))
        #expect(verdict([refusal("already known")]) == .refused(.alreadyKnown), "the pool shows it as known when a node has it")
    }
}
