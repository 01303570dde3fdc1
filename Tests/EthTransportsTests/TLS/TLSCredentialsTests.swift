import EthPrimitives
import EthRPC
import EthTransports
import Testing

@Suite("TLS credentials")
struct TLSCredentialsTests {
    private static func problem(_ make: () throws -> TLSCredentials) -> TLSCredentialsError? {
        #expect(throws: TLSCredentialsError.self) { try make() }
    }

    @Test("files that are not what they should be are named by what was expected, and not shown")
    func errors() throws {
        let (good, text) = (try TLSFixture.bytes("client.pem"), SecretText("canary-no-key"))
        let key = SecretText(String(decoding: try TLSFixture.bytes("client.key.pem"), as: UTF8.self))
        for bytes in [[], Array("canary".utf8), Array(key.reveal().utf8)] as [[UInt8]] {
            #expect(Self.problem { try TLSCredentials(identity: .init(certificates: bytes, key: key)) } == .certificate)
            #expect(Self.problem { try TLSCredentials(authorities: bytes) } == .authorities)
        }
        #expect(Self.problem { try TLSCredentials(identity: .init(certificates: good, key: text)) } == .key)
        #expect(Self.problem { try TLSFixture.client("client", key: "server") } == .mismatch)
        for error in [.certificate, .key, .mismatch, .authorities] as [TLSCredentialsError] {
            #expect(!"\(error)".contains("canary"))
        }
    }

    @Test("nothing that prints credentials or an endpoint prints the key")
    func printing() throws {
        let credentials = try TLSFixture.client()
        let endpoint = try Endpoint(label: "signer", url: SecretText("https://localhost/canary"), tls: credentials)
        var text = "\(credentials)\(String(reflecting: credentials))\(endpoint)"
        dump(credentials, to: &text)
        dump(endpoint, to: &text)
        dump(try HTTPTransport(endpoint), to: &text)
        for line in try TLSFixture.secretLines("client.key.pem") { #expect(!text.contains(line)) }
        #expect(!text.contains("canary"))
    }

    @Test(
        "credentials are shown over https only",
        arguments: ["http://localhost", "ws://localhost", "wss://localhost", "localhost"])
    func schemes(url: String) throws {
        let credentials = try TLSFixture.client()
        let error = #expect(throws: RPCError.self) { try Endpoint(label: "signer", url: SecretText(url), tls: credentials) }
        #expect(error?.code == .badEndpoint && error?.message == "expected an https:// URL", "\(error.map(\.message) ?? "")")
    }
}
