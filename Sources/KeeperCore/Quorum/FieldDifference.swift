public import EthCodec

/// A field that two nodes answered differently.
public struct FieldDifference: Codable, Sendable, Hashable {
    /// Dotted, such as `facts.oracles[1].next.value`.
    public var path: String
    public var ours: String
    public var theirs: String

    /// Fields in which two JSON values differ, at most `limit`; values are cut to 80 characters.
    public static func between(_ ours: JSON, _ theirs: JSON, limit: Int = 20) -> [Self] {
        var found: [Self] = []
        compare(ours, theirs, "", &found, limit)
        return found
    }

    private static func compare(_ ours: JSON?, _ theirs: JSON?, _ path: String, _ found: inout [Self], _ limit: Int) {
        guard found.count < limit, ours != theirs else { return }
        if let a = ours?.members, let b = theirs?.members {
            let own = Set(a.map(\.name))
            for name in a.map(\.name) + b.map(\.name).filter({ !own.contains($0) }) {
                compare(ours?[name], theirs?[name], path.isEmpty ? name : "\(path).\(name)", &found, limit)
            }
        } else if let a = ours?.array, let b = theirs?.array {
            for index in 0..<max(a.count, b.count) {
                compare(
                    index < a.count ? a[index] : nil, index < b.count ? b[index] : nil, "\(path)[\(index)]", &found, limit)
            }
        } else {
            found.append(Self(path: path, ours: text(ours), theirs: text(theirs)))
        }
    }

    private static func text(_ json: JSON?) -> String {
        guard let json else { return "nothing" }
        let text = json.string ?? json.description
        return text.count <= 80 ? text : text.prefix(79) + "…"
    }
}
