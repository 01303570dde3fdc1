public import EthRPC
import KeeperCore

extension CassettePlace {
    /// A place as people write it: a block number, a time such as `2026-01-29T15:00:00Z` or `2026-01-29`, or `@` and unix seconds.
    public init?(text: String) {
        if let number = UInt64(text) {
            self = .block(number)
        } else if text.hasPrefix("@"), let seconds = UInt64(text.dropFirst()) {
            self = .time(seconds)
        } else if let seconds = UTC.seconds(text) {
            self = .time(seconds)
        } else {
            return nil
        }
    }

    /// What is expected where one is wrong.
    public static let expectation = "expected a block number, a time such as 2026-01-29T15:00:00Z, or @ and unix seconds"
}
