import ArgumentParser
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

    /// What a flag says.
    /// - Throws: `ValidationError` naming the flag.
    public init?(_ text: String?, flag: String) throws {
        guard let text else { return nil }
        guard let place = Self(text: text) else {
            throw ValidationError(
                "\(flag): expected a block number, a time such as 2026-01-29T15:00:00Z, or @ and unix seconds, got \"\(text)\"")
        }
        self = place
    }
}

extension CassetteRange {
    /// What `--from` and `--to` say; `nil` if neither is there.
    public init?(from: String?, to: String?) throws {
        guard from != nil || to != nil else { return nil }
        self.init(from: try CassettePlace(from, flag: "--from"), to: try CassettePlace(to, flag: "--to"))
        let isReversed =
            switch (self.from, self.to) {
            case (.block(let first)?, .block(let last)?), (.time(let first)?, .time(let last)?): first > last
            default: false
            }
        if isReversed, let from, let to { throw ValidationError("--to: expected a place at or after --from \(from), got \(to)") }
    }
}
