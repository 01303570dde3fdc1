import EthCodec
import KeeperCore

/// A message of a Discord webhook: one embed within the documented limits, which nobody can be mentioned by.
enum DiscordPayload {
    /// Most characters of a title, a description, a footer; of all texts of a message together 6,000 are allowed.
    static let (longestTitle, longestDescription, longestFooter) = (256, 4096, 512)

    static func body(_ delivery: AlertDelivery) -> [UInt8] {
        let notice = delivery.notice
        let lines = [notice.summary] + notice.details.map { "- \($0)" } + [times(notice)]
        let runbook = notice.runbookURL == nil && !notice.change.isEnd ? ["runbook: \(notice.runbook)"] : []
        let embed = JSON.object([
            "title": .string(plain(notice.headline(previous: delivery.previous), longestTitle)),
            "description": .string(plain((lines + runbook).joined(separator: "\n"), longestDescription)),
            "url": notice.runbookURL.map(JSON.string),
            "color": .integer(color(notice)),
            "timestamp": .string(UTC.instant(notice.at)),
            "footer": .object(["text": .string(AlertText.cut(notice.key, longestFooter))]),
        ])
        return JSONWriter.bytes(of: .object(["embeds": [embed], "allowed_mentions": .object(["parse": []])]))
    }

    private static func times(_ notice: AlertNotice) -> String {
        notice.change.isEnd
            ? "lasted \(notice.lasted), from \(UTC.instant(notice.since))"
            : "since \(UTC.instant(notice.since)), \(notice.lasted)"
    }

    /// Text as it is, not as Markdown, cut between characters and never within an escape.
    static func plain(_ text: String, _ limit: Int) -> String {
        var (shown, count) = ("", 0)
        for scalar in text.unicodeScalars {
            let isMark = "\\*_~`|<>[]()#@".unicodeScalars.contains(scalar)
            let size = (scalar.value > 0xFFFF ? 2 : 1) + (isMark ? 1 : 0)
            // One unit is kept for the ellipsis.
            guard count + size < limit else { return shown + "…" }
            if isMark { shown.append("\\") }
            shown.unicodeScalars.append(scalar)
            count += size
        }
        return shown
    }

    /// Red wakes people, orange and yellow do not, green is over.
    private static func color(_ notice: AlertNotice) -> Int {
        if notice.change.isEnd { return 0x2E7D32 }
        return switch notice.severity {
        case .critical: 0x8E0000
        case .page: 0xC62828
        case .urgent: 0xEF6C00
        case .notify: 0xF9A825
        case .info: 0x757575
        }
    }
}
