import KeeperAlerts
import Testing

@Suite("Kinds of alerts")
struct AlertKindTests {
    @Test("names are fit for file names and keys")
    func names() {
        for kind in AlertKind.allCases {
            #expect(kind.rawValue.allSatisfy { $0 == "-" || ($0.isASCII && $0.isLowercase) }, "\(kind)")
        }
    }
}
