import EthPrimitives
import Foundation
import KeeperCore
import Testing

@testable import KeeperAlerts

/// Bodies byte for byte as in `Tests/Vectors/alerts`, which `Tests/OperationsTests` holds against each service's documented form.
/// `KEEPERKIT_WRITE_ALERTS=1` writes them anew.
@Suite("Payloads of alerts")
struct AlertPayloadTests {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Vectors/alerts")
    static let writes = ProcessInfo.processInfo.environment["KEEPERKIT_WRITE_ALERTS"] == "1"
    static let cases = SampleDeliveries.sinks.flatMap { sink in SampleDeliveries.all.map { (sink.name, $0.name) } }

    private func compare(_ name: String, _ body: [UInt8]) throws {
        let file = Self.folder.appendingPathComponent("\(name).json")
        let text = String(decoding: body, as: UTF8.self) + "\n"
        if Self.writes { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(text == (try String(contentsOf: file, encoding: .utf8)), "\(name)")
    }

    @Test("each service is sent what its file says", arguments: cases)
    func golden(_ service: String, _ name: String) throws {
        let sink = try #require(SampleDeliveries.sinks.first { $0.name == service })
        let delivery = try #require(SampleDeliveries.all.first { $0.name == name }?.delivery)
        let request = sink.request(for: delivery, at: SampleDeliveries.now)
        #expect(request.method == "POST")
        #expect(request.headers.first.map { [$0.name, $0.value] } == ["Content-Type", "application/json"])
        try compare("\(service)-\(name)", request.body)
        #expect(!String(decoding: request.body, as: UTF8.self).contains("SECRET"))
    }

    @Test("an Alertmanager is told of all that is open again")
    func again() throws {
        let sink = try #require(SampleDeliveries.sinks.last)
        let notices = ["opened", "notify"].compactMap { name in
            SampleDeliveries.all.first { $0.name == name }?.delivery.notice
        }
        let request = try #require(sink.request(again: notices, at: SampleDeliveries.now))
        try compare("alertmanager-again", request.body)
        #expect(request.url.reveal() == "https://am.example/SECRET/api/v2/alerts")
        #expect(request.headers.map(\.name) == ["Content-Type", "Authorization"] && request.headers[1].value == "Bearer SECRET")
        for other in SampleDeliveries.sinks.dropLast() { #expect(other.request(again: notices, at: 0) == nil) }
    }

    @Test("nothing but these is in the folder")
    func files() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".json") }
        #expect(Set(files) == Set(Self.cases.map { "\($0.0)-\($0.1).json" } + ["alertmanager-again.json"]))
    }

    /// HMAC-SHA-256 by OpenSSL: `printf '1769700602.{}' | openssl dgst -sha256 -hmac 'a shared SECRET'`.
    @Test("the signature is that of another implementation, over the time and the body")
    func signature() {
        #expect(
            WebhookPayload.signature(Array("{}".utf8), SecretText("a shared SECRET"), at: 1_769_700_602)
                == "9ff7426c74b67a84a923eb76e1bc41afd07b029a363378bad4a842384775b96e")
    }

    @Test("the webhook's headers name the delivery and are signed; without a key they are not")
    func headers() throws {
        let delivery = try #require(SampleDeliveries.all.first?.delivery)
        let signed = SampleDeliveries.sinks[3].request(for: delivery, at: SampleDeliveries.now)
        let headers = Dictionary(uniqueKeysWithValues: signed.headers.map { ($0.name, $0.value) })
        #expect(headers["Idempotency-Key"] == "mkz2hq-17.mkz2hq.23")
        let signature = WebhookPayload.signature(signed.body, SecretText("a shared SECRET"), at: SampleDeliveries.now)
        #expect(headers["X-KeeperKit-Signature"] == "t=1769700602,v1=\(signature)")
        let plain = AlertSink(name: "x", minimum: .info, .webhook(url: SecretText("https://x"), key: nil))
        #expect(plain.request(for: delivery, at: 0).headers.map(\.name) == ["Content-Type", "Idempotency-Key"])
    }

    @Test("no secret is printed, whatever is printed")
    func secrets() throws {
        let delivery = try #require(SampleDeliveries.all.first?.delivery)
        for sink in SampleDeliveries.sinks {
            let request = sink.request(for: delivery, at: 0)
            for text in ["\(sink)", "\(request)", String(reflecting: request), String(reflecting: sink), "\(request.headers)"] {
                #expect(!text.contains("SECRET") && !text.contains("0123456789abcdef"), "\(text)")
            }
            var dumped = ""
            dump(request, to: &dumped)
            dump(sink, to: &dumped)
            #expect(!dumped.contains("SECRET") && !dumped.contains("0123456789abcdef"))
        }
    }

    @Test("texts are cut within their limits, never within a character or an escape", arguments: 1...40)
    func cut(_ limit: Int) {
        let text = "a&<𝕏>*_b\\&&&&&&𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏𝕏"
        for cutter in [SlackPayload.escaped, DiscordPayload.plain, AlertText.cut] {
            let cut = cutter(text, limit)
            #expect(cut.utf16.count <= limit)
            #expect(cut.hasSuffix("…") == (cut != cutter(text, 1000)), "\(cut)")
        }
        let slack = SlackPayload.escaped(text, limit)
        #expect(
            slack.replacing("&amp;", with: "").replacing("&lt;", with: "").replacing("&gt;", with: "").firstIndex(of: "&") == nil)
        let discord = DiscordPayload.plain(text, limit).replacing("\\\\", with: "")
        #expect(!discord.hasSuffix("\\…"))
    }
}
