import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions
import KeeperCore
import KeeperTransactions
import Testing

@testable import KeeperApp

/// The doctor's judgements, without any node.
@Suite struct DoctorValueTests {
    private func answers(_ values: String...) -> [(endpoint: String, answer: ReadAnswer)] {
        zip(["a", "b", "c", "d"], values).map { ($0, $1 == "-" ? .none("silent") : .value($1)) }
    }

    @Test("Nodes disagree only where two of them answer, and not the same")
    func agreement() {
        #expect(Disagreement("x", answers("1", "1", "1")) == nil)
        #expect(Disagreement("x", answers("1", "-", "1")) == nil)
        #expect(Disagreement("x", answers("1", "-")) == nil)
        #expect(Disagreement("x", []) == nil)
    }

    @Test("A majority is believed, and those outside of it are named; without one, everybody is")
    func majority() throws {
        let outvoted = try #require(Disagreement("x", answers("2", "1", "1")))
        #expect(outvoted.suspects == ["a"] && outvoted.text == "x: a says 2, where b and c say 1")
        let even = try #require(Disagreement("x", answers("2", "1", "1", "2")))
        #expect(even.suspects == ["a", "d", "b", "c"] && even.text == "x: a and d say 2, b and c say 1")
        let three = try #require(Disagreement("x", answers("1", "2", "3")))
        #expect(three.majority == nil && three.suspects == ["a", "b", "c"])
        let withSilent = try #require(Disagreement("x", answers("1", "1", "2", "-")))
        #expect(withSilent.suspects == ["c"])
    }

    @Test("Numbers are the same with and without leading zeros, data is not")
    func numbers() {
        let word = JSON.string("0x" + String(repeating: "0", count: 63) + "A")
        #expect(ReadAnswer(word, isNumber: true) { $0 } == ReadAnswer("0xa", isNumber: true) { $0 })
        #expect(ReadAnswer(word) { $0 } != ReadAnswer("0xa") { $0 })
        #expect(ReadAnswer("0xAB") { $0 } == ReadAnswer("0xab") { $0 })
        let nasty = ReadAnswer("\u{1B}[2J secret") { $0.replacing("secret", with: "<secret>") }
        #expect(nasty.text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } && !nasty.text.contains(" secret"))
    }

    @Test("The largest batch is found with few requests", arguments: [1, 2, 3, 37, 50, 99, 100, 1000])
    func batches(limit: Int) {
        var search = BatchFigures(cap: 100)
        var requests = 0
        while let size = search.next {
            requests += 1
            search.tried(size, worked: size <= limit)
            guard requests < 20 else { break }
        }
        #expect(requests <= 8)
        #expect(search.works == min(limit, 100) && search.text == (limit >= 100 ? "100+" : "\(limit)"))
    }

    @Test("Percentiles are of the nearest rank, whatever the order of the answers")
    func percentiles() {
        var figures = LatencyFigures()
        #expect(figures.percentile(50) == nil)
        for value in [30, 10, 20, 40, 50] { figures.answered(in: .milliseconds(value)) }
        figures.failed()
        #expect(figures.percentile(50) == .milliseconds(30) && figures.percentile(95) == .milliseconds(50))
        #expect(figures.count == 6 && figures.failures == 1)
        #expect(Duration.microseconds(1250).milliseconds == "1.3 ms" && Duration.milliseconds(2000).milliseconds == "2000.0 ms")
    }

    @Test("The gravest finding is the exit code; remarks are none")
    func exitCodes() {
        func code(_ kinds: Finding.Kind...) -> KeeperExitCode { kinds.map { Finding($0, "a", "", advice: "") }.exitCode }
        #expect(code() == .done && code(.slow, .methodAbsent, .factsDiffer, .estimatesDiffer) == .done)
        #expect(code(.lagging, .unreachable) == .nodeUnreachable && code(.lagging, .slow) == .tryAgainLater)
        #expect(code(.unreachable, .wrongChain) == .configuration && code(.wrongChain, .answersDiffer, .lagging) == .badData)
        for kind in Finding.Kind.allCases {
            if let code = kind.exitCode { #expect(Finding.gravity.contains(code)) }
        }
    }

    @Test("Where nobody says which chain it should be, most nodes do, and the first in doubt")
    func chains() {
        func chain(_ ids: ChainID...) -> ChainID? {
            NodeFindings.chain(
                of: ids.map { id in
                    var facts = NodeFacts("n")
                    facts.chainID = id
                    return facts
                })
        }
        #expect(chain() == nil && chain(5) == 5 && chain(5, 1) == 5 && chain(5, 1, 1) == 1 && chain(5, 1, 1, 5) == 5)
    }

    private func opinion(_ endpoint: String, _ data: String?, fact: Int = 0, read: String = "0x1", estimate: String = "0x9")
        -> Opinion
    {
        var decision = Decision(notes: [Note("due", "due")])
        if let data {
            decision.actions.append(
                .transact(
                    TransactionIntent(
                        id: IntentID(keeper: "k", target: "t", epoch: 1), to: .zero, data: Bytes(Array(data.utf8)), gasLimit: 1,
                        gasExpected: 1, fees: .init(maxFeePerGas: .gwei(1), maxPriorityFeePerGas: .gwei(1)),
                        baseFeePerGas: .gwei(1), effects: [], deadline: 0, maxAttempts: 1)))
        }
        func heard(_ method: String, _ params: [JSON], _ result: String) -> [HeardRead] {
            let body = #"{"jsonrpc":"2.0","id":1,"result":"\#(result)"}"#
            guard let response = try? RPCResponse(parsing: Array(body.utf8)[...]) else { return [] }
            let exchange = ListeningTransport.Exchange(request: RPCRequest(method: method, params: params), response: response)
            return HeardRead.all(in: exchange, of: DoctorNode(endpoint, unusable: ""))
        }
        let block = BlockReference.hash(BlockHash()).json
        return Opinion(
            endpoint, decision, facts: .object(["fact": .integer(fact)]),
            reads: heard("eth_getStorageAt", ["0x12", "0x3", block], read)
                + heard("eth_estimateGas", [.object(["to": "0x12", "data": "0xabcdef01"]), block], estimate))
    }

    @Test("Different transactions, too few that agree, reads and estimates that differ: each is told for what it is")
    func opinions() {
        func kinds(_ opinions: [Opinion], quorum: Int = 1) -> [Finding.Kind] {
            OpinionFindings(opinions: opinions, quorum: quorum).findings.map(\.kind)
        }
        #expect(kinds([opinion("a", "x"), opinion("b", "x")], quorum: 2) == [])
        #expect(kinds([opinion("a", "x"), opinion("b", "y")]) == [.decisionDiffers])
        #expect(kinds([opinion("a", "x"), opinion("b", nil)], quorum: 2) == [.decisionDiffers, .fewNodes])
        #expect(kinds([opinion("a", "x")], quorum: 2) == [.fewNodes] && kinds([], quorum: 1) == [.fewNodes])
        #expect(kinds([opinion("a", "x"), opinion("b", "x", fact: 1)]) == [.factsDiffer])
        #expect(kinds([opinion("a", "x"), opinion("b", "x", read: "0x2")]) == [.answersDiffer])
        #expect(kinds([opinion("a", "x"), opinion("b", "x", estimate: "0x2")]) == [.estimatesDiffer])
        let three = OpinionFindings(opinions: [opinion("a", nil), opinion("b", "x"), opinion("c", "x", fact: 3)], quorum: 2)
            .findings
        #expect(
            three.first?.endpoints == ["a"] && three.first?.text.contains("by a it would send nothing [fact: b 0, a 0") == false)
        #expect(three.first?.text.contains("by b and c it would send k/1/t") == true)
    }

    @Test("URLs are hidden whole, whatever stands around them")
    func masking() {
        #expect(URLMask.masking("Unexpected argument 'a=https://u:p@h/token?k=v'") == "Unexpected argument 'a=<url>'")
        #expect(URLMask.masking("wss://h/x and http://y") == "<url> and <url>")
        #expect(URLMask.masking("no url: here // there") == "no url: here // there")
    }
}
