import EthPrimitives
import KeeperCore

/// Pieces of HTML.
enum HTML {
    /// Text of anybody, as content or as a quoted attribute: nothing in it is markup, and hidden characters are shown as escapes.
    static func text(_ text: String) -> String {
        var out = ""
        for scalar in VisibleText.line(text).unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// Ether, exact to the wei: what follows the sixth place is there, but small.
    static func ether(_ wei: Int128, signed: Bool = false) -> String {
        let text = Table.ether(wei, places: 18)
        let sign = signed && wei > 0 ? "+" : ""
        return "\(sign)\(text.dropLast(12))<small>\(text.suffix(12))</small>"
    }

    /// Wei per gas as gwei, exact.
    static func gwei(_ price: Wei) -> String { price.text(in: .gwei) }

    /// A table inside a box that scrolls sideways. Heads of columns that begin with `<` are taken as they are: left-aligned ones.
    static func table(_ label: String, _ heads: [String], _ rows: String, foot: String = "") -> String {
        let head = heads.map { $0.hasPrefix("<") ? $0 : "<th class=n scope=col>\($0)" }.joined()
        return "<div class=box tabindex=0 role=region aria-label=\"\(text(label))\"><table><thead><tr>\(head)<tbody>\(rows)"
            + (foot.isEmpty ? "" : "<tfoot>\(foot)") + "</table></div>\n"
    }

    /// A cell with a number, and a bar as wide as its share.
    static func bar(_ count: Int, of all: Int, _ style: String) -> String {
        // Tenths of a percent.
        let share = count * 1000 / max(1, all)
        return
            "<td class=bar><span class=\(style) style=\"width:\(share / 10).\(share % 10)%\"></span><em>\(Table.grouped(count))</em>"
    }

    /// A head of a column of words.
    static func words(_ head: String) -> String { "<th scope=col>\(head)" }

    /// Cells of numbers.
    static func numbers(_ cells: [String]) -> String { cells.map { "<td class=n>" + $0 }.joined() }
}
