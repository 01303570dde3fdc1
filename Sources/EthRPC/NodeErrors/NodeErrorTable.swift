/// The one table of what nodes say: ordered rows, the most specific first, and one lookup.
///
/// The wordings are those of the clients' sources and the providers' documentation, and of recorded answers.
public enum NodeErrorTable {
    /// Rows that go by the text. Reverts come first: their reason is a contract's own text, and must not be taken for the node's.
    private static let specific = reverts + blobs + pool + execution + state + limits + requests
    /// Rows for what no specific one knows.
    private static let general = vague + codes

    /// All rows in the order of the lookup.
    public static let rows: [NodeErrorRow] = specific + general

    /// The kind of an error: by its text, then by the text in its data, then by what is said vaguely, then by its code.
    /// - Parameters:
    ///   - message: the error's text; only the first 600 bytes count.
    ///   - detail: text that a client puts into the error's data.
    public static func kind(code: Int, message: String, detail: String? = nil) -> NodeErrorKind {
        row(code, message, detail)?.kind ?? .unknown
    }

    static func row(_ code: Int, _ message: String, _ detail: String?) -> NodeErrorRow? {
        let text = lowered(message)
        if let row = specific.first(where: { $0.matches(code: code, text) }) { return row }
        if let detail = detail.map(lowered), let row = specific.first(where: { $0.matches(code: code, detail) }) { return row }
        return general.first { $0.matches(code: code, text) }
    }

    private static func lowered(_ text: String) -> [UInt8] {
        text.utf8.prefix(600).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }
}
