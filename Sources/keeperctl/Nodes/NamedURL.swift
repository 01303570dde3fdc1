import ArgumentParser
import EthPrimitives

/// A node's URL with a name in front, `own=http://…`, or without one.
struct NamedURL {
    let label: String
    let url: SecretText

    /// - Parameter number: for the name of those that have none, counted from 1.
    init(_ argument: String, number: Int) throws {
        let name = argument.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        let rest = argument.dropFirst(name.count)
        let isNamed = !name.isEmpty && rest.hasPrefix("=")
        label = isNamed ? String(name) : "node\(number)"
        url = SecretText(try InputText.read(isNamed ? String(rest.dropFirst()) : argument))
    }
}
