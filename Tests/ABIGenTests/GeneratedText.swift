import Foundation

/// What the checked-in bindings say, read from their text.
struct GeneratedText {
    /// Signatures with the literal of their selector or topic as written, in the order of the file.
    var selectors: [(signature: String, hash: String)] = []
    var topics: [(signature: String, hash: String)] = []
    /// Signatures of anonymous events have no hash.
    var signatures: [String] = []

    static func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: PackagePaths.bindings).filter { $0.hasSuffix(".swift") }.sorted()
    }

    init(file: String) throws { self.init(text: try String(contentsOfFile: "\(PackagePaths.bindings)/\(file)", encoding: .utf8)) }

    init(text: String) {
        // Everything from one signature to the next belongs to one declaration.
        for declaration in text.components(separatedBy: "static var signature: String {").dropFirst() {
            guard let end = declaration.firstIndex(of: "}") else { continue }
            let literal = declaration[..<end].filter { !" \n\"\\".contains($0) }
            signatures.append(literal)
            let rest = declaration[end...].prefix { $0 != "/" }
            if let hash = Self.number(in: rest, after: "static let selector = Selector(") { selectors.append((literal, hash)) }
            if let hash = Self.number(in: rest, after: "static let topic0 = (") { topics.append((literal, hash)) }
        }
    }

    private static func number(in text: Substring, after start: String) -> String? {
        guard let range = text.range(of: start) else { return nil }
        return String(text[range.upperBound...].prefix { $0.isHexDigit || $0 == "x" })
    }
}
