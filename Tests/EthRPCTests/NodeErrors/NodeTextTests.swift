import Testing

@testable import EthRPC

@Suite("Texts of nodes")
struct NodeTextTests {
    @Test(
        "are shown without URLs, keys and tokens",
        arguments: [
            ("bad path https://eth-mainnet.g.alchemy.com/v2/abcdef0123456789abcdef0123456789 here", "bad path <url> here"),
            ("visit \"wss://user:pass@host:8546/x?y=z\".", "visit \"<url>\"."), ("see http://a", "see <url>"),
            ("project 0123456789abcdef0123456789abcdef denied", "project <secret> denied"),
            ("id 550e8400-e29b-41d4-a716-446655440000", "id <secret>"),
            ("apikey=hunter22 refused", "apikey=<secret> refused"), (#"{"apiKey":"hunter22"}"#, #"{"apiKey":"<secret>"}"#),
            ("Authorization: Bearer eyJhbGciOi.eyJzdWIiOiIx", "Authorization: Bearer <secret>.<secret>"),
            ("token=abcdef", "token=<secret>"), ("x-api-key: A1B2C3D4E5", "x-api-key: <secret>"),
            ("token: abc123def", "token: <secret>"), ("password = 'hunter22'", "password = '<secret>'"),
        ])
    func secrets(_ text: String, _ shown: String) {
        #expect(NodeText.excerpt(text) == shown)
    }

    @Test(
        "keep what people need",
        arguments: [
            "nonce too low: next nonce 1, tx nonce 0",
            "address 0x1c82896B341DEDc14fFf11866e3f021E3309F3df have 1000000000000000 want 100000000000000000000",
            "block not found: hash 0x1a15e3c30cf094a99826869517b16d185d45831d3a494f01030b0001a9d3ebb9",
            "max fee per gas less than block base fee: maxPriorityFeePerGas, maxFeePerBlobGas", "storage key: hex string invalid",
            "invalid key: expected 32 bytes",
            "invalid argument 0: json: cannot unmarshal hex string of odd length into Go struct field TransactionArgs.data of type hexutil.Bytes",
        ])
    func kept(_ text: String) {
        #expect(NodeText.excerpt(text) == text)
    }

    @Test("a bare hash keeps its first digits")
    func bareHash() {
        let text = "historical state fa84b8d77071569e675a938a58c0aeb390aeb7d1fbd9a78bf18ebfd65acb616c is not available"
        #expect(NodeText.excerpt(text) == "historical state fa84b8d7… is not available")
        #expect(NodeError(code: -32000, message: text).kind == .stateUnavailable)
    }

    @Test("are one line without control and direction characters, cut to 300 characters, however long they are")
    func line() {
        #expect(NodeText.excerpt("a\nb\u{1B}[31m\u{202E}c\u{0}") == "a b [31m c ")
        #expect(NodeText.excerpt(String(repeating: "é ", count: 1_000_000)).count == 301)
        #expect(NodeText.excerpt(String(repeating: "x", count: 300)).count == 300)
        #expect(NodeText.excerpt(String(repeating: "https://a/b ", count: 200)).count == 301)
        #expect(NodeText.excerpt("") == "" && NodeText.excerpt("://") == "<url>" && NodeText.excerpt("a://://b") == "<url>")
    }
}
