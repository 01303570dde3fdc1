import EthPrimitives
import Testing

@Suite("Secret texts")
struct SecretTextTests {
    private struct Holder {
        var name = "own"
        var url = SecretText("https://node/canary")
    }

    @Test("no way of printing shows the text, nor that of a value that holds it")
    func neverPrinted() {
        let holder = Holder()
        var dumped = ""
        dump(holder, to: &dumped)
        let texts = [
            "\(holder)", "\(holder.url)", String(describing: holder), String(reflecting: holder), String(reflecting: holder.url),
            dumped,
            "\([holder.url])", "\(Optional(holder.url) as Any)", "\(Mirror(reflecting: holder.url).children.map(\.value))",
        ]
        for text in texts { #expect(!text.contains("canary")) }
        #expect(holder.url.reveal() == "https://node/canary")
    }
}
