import EthCodec
import EthPrimitives
import EthRPC
import Foundation
import KeeperTestServer
import Testing

@testable import EthTransports

/// What an endpoint may be, and what nobody gets to see of it.
@Suite(.timeLimit(.minutes(2)))
struct EndpointTests {
    @Test(
        "A URL that cannot be used is refused when it is given, with what was expected and nothing of the URL",
        arguments: [
            ("ftp://canary.example/canary", "http:// or https://"), ("canary", "http:// or https://"),
            ("", "http:// or https://"),
            ("ws://canary.example/canary", "http:// or https://"), ("http:/canary.example/canary", "http:// or https://"),
            ("http://", "host"), ("https:///canary", "host"), ("http://?canary", "host"), ("http://canary:0/x", "port"),
            ("http://canary:65536/x", "port"), ("http://canary:http/x", "port"), ("http://:80/canary", "host"),
            ("http://canary.example/can ary", "white space"), ("http://canary.example/\ncanary", "white space"),
            ("http://cänary.example/", "ASCII"), ("http://[canary]/", "IPv6"), ("http://[::1", "]"), ("http://can^ary/", "host"),
        ])
    func badURL(_ url: String, _ expected: String) throws {
        let error = #expect(throws: RPCError.self) { try HTTPTransport(label: "own", url: SecretText(url)) }
        #expect(error?.code == .badEndpoint && error?.mayHaveBeenProcessed == false)
        #expect(error?.message.contains(expected) == true, "\(error.map(String.init) ?? "")")
        #expect(error?.description.contains("nary") == false)
    }

    @Test(
        "A good URL is taken apart",
        arguments: [
            ("http://localhost", "localhost", 80, "/", "http://localhost/"),
            ("HTTPS://User:Pass@Example.org/v3/Key?a=b#c", "Example.org", 443, "/v3/Key?a=b", "https://Example.org/v3/Key?a=b"),
            ("ws://[::1]:8546", "::1", 8546, "/", "ws://[::1]:8546/"), ("wss://h?k=v", "h", 443, "/?k=v", "wss://h/?k=v"),
            ("http://a@b@127.0.0.1:8545/", "127.0.0.1", 8545, "/", "http://127.0.0.1:8545/"),
        ])
    func goodURL(_ text: String, _ host: String, _ port: Int, _ target: String, _ plain: String) throws {
        let url = try EndpointURL(text, schemes: EndpointURL.Scheme.http1 + EndpointURL.Scheme.webSockets)
        #expect(url.host == host && url.port == port && url.target == target && url.text == plain)
    }

    @Test("Headers that would break the request or are ours to set are refused without their values")
    func badHeaders() throws {
        for (name, value) in [
            ("X Key", "canary"), ("", "canary"), ("X-Key", "canary\r\nX-Other: 1"), ("X-Key", "canärY"), ("Host", "canary"),
            ("Content-Length", "canary"), ("Sec-WebSocket-Key", "canary"),
        ] {
            let error = #expect(throws: RPCError.self) {
                try Endpoint(label: "own", url: SecretText("http://h"), headers: [(name, SecretText(value))])
            }
            #expect(error?.code == .badEndpoint)
            #expect(error?.description.lowercased().contains("can") == false, "\(name)")
        }
        #expect(throws: RPCError.self) { try Endpoint(label: "own", url: SecretText("http://user:x@h"), bearer: SecretText("y")) }
    }

    @Test("A recording does not hold what a node repeats of its URL and headers in results; what is in data by chance stays")
    func recording() async throws {
        let node = TestNode { request throws(TestNode.Refusal) in
            guard request.method == "told" else { return .string("0x1234567890abcdef1234567890") }
            return .object(["told": .string("POST /canaryToken5e1f/123456 Bearer canaryBearer0ff1")])
        }
        let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).ndjson").path
        defer { try? FileManager.default.removeItem(atPath: path) }  // left for the system to clear
        try await FaultServer.with(FaultScript(node)) { server in
            let endpoint = try Endpoint(
                label: "own", url: SecretText(server.url + "/canaryToken5e1f/123456"), bearer: SecretText("canaryBearer0ff1"))
            let recording = RecordingTransport(
                try HTTPTransport(endpoint), to: try CassetteWriter(path: path, chainID: 1))
            let batch = [RPCRequest(id: 1, method: "told"), RPCRequest(id: 2, method: "data")]
            for requests in [batch, [batch[0]]] {
                let told = try await recording.send(requests)
                // Whoever asked gets what came.
                #expect(try told[0].result()["told"]?.string?.contains("canaryToken5e1f") == true)
            }
        }
        let kept = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!kept.contains("canary") && kept.contains("0x1234567890abcdef1234567890"), "\(kept)")
        #expect(kept.ranges(of: "POST /<secret>/123456 <secret>").count == 2, "\(kept)")
    }

    @Test("Nothing that an endpoint or a transport prints shows its secrets")
    func printing() throws {
        let endpoint = try Endpoint(
            label: "own", url: SecretText("http://canary-user:canary-pass@h/canary-path?k=canary-query"),
            headers: [("X-Key", SecretText("canary-header"))])
        var text = ""
        dump(endpoint, to: &text)
        dump(try HTTPTransport(endpoint), to: &text)
        text += "\(endpoint) \(String(reflecting: endpoint)) \(try HTTPTransport(endpoint))"
        #expect(text.contains("own") && !text.contains("canary"))
    }

    @Test("No fault makes an error that shows a token from the URL or a header, whatever the server repeats")
    func canaries() async throws {
        let tokens = ["canaryPATH7f3a", "canaryQUERY11", "canary%2FHEADER", "canaryBEARER.x.y", "Bearer canaryBEARER.x.y"]
        let echo = tokens.joined(separator: " | ")
        let error = #"{"jsonrpc":"2.0","id":7,"error":{"code":-32000,"message":"no project for \#(echo) canary/HEADER"}}"#
        let replies: [Reply] =
            [
                .text(error), .status(401, body: error), .status(429, body: error), .status(500, body: error), .text(echo),
                .text("<html>\(echo)</html>"), .text(#"{"id":7,"result":"\#(echo)"#),
                .status(307, headers: [("Location", "/" + tokens[0])]),
                .text(#"{"jsonrpc":"2.0","error":{"code":1,"message":"\#(echo)"}}"#), .text(#"{"id":"\#(echo)","result":1}"#),
            ] + HTTPFaultTests.single.map(\.reply)
        let script = replies.enumerated().reduce(FaultScript()) { $0.replying($1.element, to: $1.offset) }
        try await FaultServer.with(script) { server in
            let transport = try Support.http(
                server, path: "/v3/\(tokens[0])?key=\(tokens[1])", headers: [("X-Key", SecretText(tokens[2]))],
                bearer: SecretText(tokens[3]))
            while server.requests.count < replies.count {
                var texts: [String] = []
                do {
                    let response = try await transport.send([Support.call])[0]
                    texts.append(String(decoding: response.raw, as: UTF8.self))
                    let error = #expect(throws: RPCError.self) { try response.result() }
                    texts.append(error.map { "\($0) \(String(reflecting: $0)) \($0.message)" } ?? "")
                } catch {
                    var dumped = ""
                    dump(error, to: &dumped)
                    texts += ["\(error)", String(reflecting: error), dumped]
                }
                for text in texts { #expect(!text.contains("canary"), "\(text)") }
            }
        }
    }

    @Test("What is said about a result of the wrong form shows no token that the result repeats")
    func repeatedInResult() async throws {
        let token = "canary01234567"
        let results = [#""\#(token)""#, #"{"\#(token)":1}"#, #"["\#(token)"]"#, #""\u0063anary01234567""#]
        let script = results.enumerated().reduce(FaultScript()) { script, result in
            script.replying(.text(#"{"jsonrpc":"2.0","id":7,"result":\#(result.element)}"#), to: result.offset)
        }
        try await FaultServer.with(script) { server in
            let transport = try Support.http(server, path: "/v3/\(token)")
            for result in results {
                let response = try await transport.send([Support.call])[0]
                #expect(try response.result().description.contains(token), "the result itself comes as it is")
                let errors = [
                    #expect(throws: RPCError.self) { try RPCQuery<ChainID>.chainID.value(of: response) },
                    #expect(throws: RPCError.self) {
                        try RPCQuery<[UInt8]>.code(of: Address.zero, at: .latest).value(of: response)
                    },
                ]
                for error in errors { #expect(error.map { !"\($0)".contains("canary") } ?? false, "\(result)") }
            }
        }
    }

    @Test("A token at whose middle a long text was cut is not shown in part")
    func cutTokens() async throws {
        let token = "canary01234567"
        for length in stride(from: 270, to: 310, by: 3) {
            let page = String(repeating: "x", count: length) + " " + token + " " + String(repeating: "y", count: 300)
            let error = #"{"jsonrpc":"2.0","error":{"code":1,"message":"\#(page)"}}"#
            try await FaultServer.with(FaultScript().replying(.text(error), to: 0).replying(.text("\"\(page)\""), to: 1)) {
                server in
                let transport = try Support.http(server, path: "/" + token)
                for _ in 0..<2 {
                    let text = "\(try await Support.error(transport))"
                    #expect(!text.contains("cana"), "\(text.suffix(40))")
                }
            }
        }
    }

    @Test(
        "Base64 follows RFC 4648", arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func base64(_ plain: String, _ encoded: String) { #expect(Base64.encode(Array(plain.utf8)) == encoded) }
}
