import ArgumentParser
import EthCodec
import KeeperApp

/// A command that is one operation: its arguments become the members of a request.
protocol OperationCommand: ParsableCommand {
    /// Name of the operation, such as `abi.encode`.
    static var operation: String { get }
    var output: OutputOptions { get }
    /// The members of the request.
    func members() throws -> KeyValuePairs<String, JSON?>
    /// The result for people; every line of it stands for itself.
    func text(_ result: JSON) -> String
}

extension OperationCommand {
    func run() throws {
        let members = try JSON.object(members()).members ?? []
        let result = try Operation.named(Self.operation)(members)
        Terminal.print(output.json ? result.description : text(result))
    }

    func text(_ result: JSON) -> String { ResultText(result).description }
}

/// Flags of every command that prints a result.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON.")
    var json = false

    /// Prints a result.
    func show(_ result: JSON) { Terminal.print(Self.visible(json ? result.description : ResultText(result).description)) }

    /// A text in which nothing moves the cursor or turns the direction of writing: what a node or a contract says may try to. In JSON
    /// such characters stand in strings only, where an escape says the same.
    private static func visible(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x00...0x09, 0x0B...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069:
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}

/// A result as people read it: a string as it is, the elements of an array a line each, an object as names and values.
struct ResultText: CustomStringConvertible {
    let description: String

    init(_ json: JSON) {
        switch json {
        case .array(let elements): description = elements.map(Self.inline).joined(separator: "\n")
        case .object(let members):
            let width = members.map(\.name.count).max() ?? 0
            let lines = members.map { member in
                member.name + String(repeating: " ", count: width - member.name.count + 2) + Self.inline(member.value)
            }
            description = lines.joined(separator: "\n")
        default: description = Self.inline(json)
        }
    }

    private static func inline(_ json: JSON) -> String { json.string.map(harmless) ?? json.description }

    /// Text of a contract as it is, or quoted and escaped where it would move the cursor, colour the screen or turn the line around.
    private static func harmless(_ text: String) -> String {
        func isControl(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
                || scalar.properties.generalCategory == .lineSeparator
                || scalar.properties.generalCategory == .paragraphSeparator
        }
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return "\"" + text.unicodeScalars.map { isControl($0) ? $0.escaped(asASCII: true) : String($0) }.joined() + "\""
    }
}
