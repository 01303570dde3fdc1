import EthCodec
import KeeperCore

/// A message of a Slack incoming webhook: blocks, and a text for where blocks are not shown. `&`, `<` and `>` are escaped as documented,
/// so that nothing in an alert is a link or a mention.
enum SlackPayload {
    /// Most characters of a header, of a section's text, of a context's element, and of the text that stands for all.
    static let (longestHeader, longestSection, longestContext, longestText) = (150, 3000, 2000, 3000)

    static func body(_ delivery: AlertDelivery) -> [UInt8] {
        let notice = delivery.notice
        let headline = notice.headline(previous: delivery.previous)
        let lines = [notice.summary] + notice.details.map { "• \($0)" }
        let time =
            notice.change.isEnd
            ? "lasted \(notice.lasted), from \(UTC.instant(notice.since))"
            : "since \(UTC.instant(notice.since)), \(notice.lasted)"
        let runbook = notice.runbookURL.map { "<\(link($0))|runbook>" } ?? escaped("runbook: \(notice.runbook)", 1000)
        let context = "\(mark(notice)) \(time) · \(escaped(notice.key, 600)) · \(runbook)"
        return JSONWriter.bytes(
            of: .object([
                "text": .string(escaped("\(headline): \(notice.summary)", longestText)),
                "blocks": [
                    .object(["type": "header", "text": text("plain_text", escaped(headline, longestHeader))]),
                    .object(["type": "section", "text": text("mrkdwn", escaped(lines.joined(separator: "\n"), longestSection))]),
                    .object(["type": "context", "elements": [text("mrkdwn", AlertText.cut(context, longestContext))]]),
                ],
                "unfurl_links": false,
            ]))
    }

    private static func text(_ type: String, _ text: String) -> JSON {
        .object([
            "type": .string(type), "text": .string(text),
            // A name is not turned into a link of a channel or a person.
            "verbatim": type == "mrkdwn" ? true : nil,
        ])
    }

    /// Escaped, and cut between characters, never within an escape.
    static func escaped(_ text: String, _ limit: Int) -> String {
        var (shown, count) = ("", 0)
        for scalar in text.unicodeScalars {
            let piece =
                switch scalar {
                case "&": "&amp;"
                case "<": "&lt;"
                case ">": "&gt;"
                default: String(scalar)
                }
            // One unit is kept for the ellipsis.
            guard count + piece.utf16.count < limit else { return shown + "…" }
            shown += piece
            count += piece.utf16.count
        }
        return shown
    }

    /// A link within angle brackets has neither of them, nor the bar that ends it.
    private static func link(_ url: String) -> String {
        url.replacing("|", with: "%7C").replacing(">", with: "%3E").replacing("<", with: "%3C").replacing("&", with: "&amp;")
    }

    private static func mark(_ notice: AlertNotice) -> String {
        if notice.change.isEnd { return ":white_check_mark:" }
        return switch notice.severity {
        case .critical, .page: ":rotating_light:"
        case .urgent: ":warning:"
        case .notify, .info: ":information_source:"
        }
    }
}
