import KeeperOps
import Testing

@Suite("Where the operations endpoint listens")
struct OpsAddressTests {
    @Test("a host and a port", arguments: [("127.0.0.1:7300", "127.0.0.1", 7300), ("[::1]:0", "::1", 0)])
    func parses(text: String, host: String, port: Int) {
        let address = OpsAddress(parsing: text)
        #expect(address == OpsAddress(host: host, port: port) && address?.description == text)
    }

    @Test("anything else is refused", arguments: ["", ":1", "7300", "::1:7300", "host:70000", "host:", "host:-1"])
    func refuses(text: String) { #expect(OpsAddress(parsing: text) == nil) }
}
