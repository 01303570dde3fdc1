import Foundation
import Testing

@testable import KeeperApp
@testable import Poker

@Suite("The guide to the configuration")
struct ConfigDocumentTests {
    private static let guide = Project.root.appending(path: "Documentation/configuration.md")
    private static let (start, end) = ("<!-- keys: written by the tests, see below -->\n", "<!-- end of keys -->\n")

    /// `KEEPERKIT_WRITE_DOCUMENTS=1 swift test --filter ConfigDocumentTests` writes the list anew; then read the difference.
    @Test("it lists every key that a reader asks for, as it is asked for")
    func keys() throws {
        let text = try String(contentsOf: Self.guide, encoding: .utf8)
        let table = ConfigTable.text(try ConfigSurvey<Poker>().root)
        let from = try #require(text.range(of: Self.start)).upperBound
        let to = try #require(text.range(of: Self.end)).lowerBound
        if ProcessInfo.processInfo.environment["KEEPERKIT_WRITE_DOCUMENTS"] != nil {
            try (text[..<from] + "\n" + table + text[to...]).write(to: Self.guide, atomically: true, encoding: .utf8)
        } else {
            #expect(
                String(text[from..<to]) == "\n" + table,
                "written by: KEEPERKIT_WRITE_DOCUMENTS=1 swift test --filter ConfigDocumentTests")
        }
    }

    @Test("it names every variable and flag that counts as a key")
    func variables() throws {
        let text = try String(contentsOf: Self.guide, encoding: .utf8)
        for name in [
            "ETH_RPC_URL", "ETH_RPC_TIMEOUT", "ETH_FROM", "LOG_FORMAT", "LOG_LEVEL", "--rpc-url", "--rpc-timeout", "--from",
            "--config",
        ] {
            #expect(text.contains("`\(name)`"), "\(name)")
        }
    }
}
