import Testing

@testable import EthRPC

@Suite("The table of node errors")
struct NodeErrorTableTests {
    @Test("every row is reached: no earlier row of another kind takes its own phrase")
    func reachable() {
        var checked = 0
        for row in NodeErrorTable.rows {
            let code = row.codes?.lowerBound ?? -31999
            var text = row.phrase.replacing("…", with: "7")
            if text.hasPrefix("^") { text.removeFirst() } else if !text.isEmpty { text = "Err: " + text }
            if text.hasSuffix("$") { text.removeLast() } else if !text.isEmpty { text += "; more" }
            let found = NodeErrorTable.row(code, text.uppercased(), nil)
            #expect(found?.kind == row.kind, "\(row.client) \"\(row.phrase)\" falls to \"\(found?.phrase ?? "none")\"")
            checked += 1
        }
        print("node errors: \(checked) rows, each reached, for \(NodeClient.allCases.count) clients and providers")
    }

    @Test("phrases are in lower case, and no two rows are the same")
    func form() {
        var seen: Set<String> = []
        for row in NodeErrorTable.rows {
            #expect(row.phrase == row.phrase.lowercased())
            #expect(seen.insert("\(row.phrase) \(row.codes.map { "\($0)" } ?? "any")").inserted, "twice: \(row.phrase)")
            #expect(!row.phrase.isEmpty || row.codes != nil)
        }
    }

    @Test("every kind has a row, but those that only stand for nothing known")
    func kinds() {
        let kinds = Set(NodeErrorTable.rows.map(\.kind))
        #expect(Set(NodeErrorKind.allCases).subtracting(kinds) == [.unknown])
    }

    @Test("what no row knows stays unknown, with its text", arguments: [-32000, -32099, 0, 7, .max, .min])
    func unknown(_ code: Int) {
        let error = NodeError(code: code, message: "the moon is full")
        #expect(error.kind == .unknown && error.text == "the moon is full" && error.retry == .otherNode)
    }

    @Test("a contract's own words are never taken for the node's")
    func contractsWords() {
        for words in ["nonce too low", "already known", "rate limit", "header not found", "insufficient funds"] {
            #expect(NodeError(code: 3, message: words).kind == .executionReverted)
            #expect(NodeError(code: -32000, message: "execution reverted: \(words)").kind == .executionReverted)
            #expect(
                NodeError(code: -32015, message: "VM execution error.", detail: "Reverted \(words)").kind == .executionReverted)
        }
    }

    @Test("phrases bind to the ends of the text where they say so, and bridge gaps in order only")
    func anchors() {
        func matches(_ phrase: String, _ text: String) -> Bool {
            NodeErrorRow(.any, phrase, .unknown).matches(code: 0, Array(text.utf8))
        }
        #expect(matches("^a…c$", "abc") && matches("^a…c$", "ac") && !matches("^a…c$", "abcd") && !matches("^a…c$", "xac"))
        #expect(matches("b", "abc") && !matches("b…b", "abc") && matches("b…b", "abcb") && !matches("^b$", "bb"))
        #expect(matches("^", "") && matches("^", "x") && !matches("ab$", "b") && matches("^ab$", "ab"))
        #expect(!matches("abc", "ab") && !matches("c…a", "abc") && !matches("aa$", "a") && !matches("a…a$", "a"))
    }

    @Test("advice is a sentence for every kind, and only a full pool lets the same bytes go again")
    func advice() {
        var resendable: Set<NodeErrorKind> = []
        for kind in NodeErrorKind.allCases {
            #expect(kind.advice.text.last.map { ".?".contains($0) } == true && kind.advice.text.count > 20, "\(kind)")
            if case .resendSameBytes = kind.advice.retry { resendable.insert(kind) }
        }
        #expect(resendable == [.poolFull, .accountLimit, .addressReserved])
        #expect(NodeErrorKind.alreadyKnown.advice.retry == .watchHash && NodeErrorKind.nonceTooLow.advice.retry == .checkNonce)
    }
}
