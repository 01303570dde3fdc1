import EthCodec
import EthPrimitives

extension EffectiveConfiguration {
    /// YAML with the origin of each value beside it. Where nothing is masked, it can be read as a configuration itself.
    var text: String {
        var lines: [(text: String, note: String?)] = []
        for node in nodes { Self.write(node, indent: "", &lines) }
        let width = lines.compactMap { $0.note == nil ? nil : $0.text.count }.filter { $0 <= Self.widest }.max() ?? 0
        let body = lines.map { line in
            guard let note = line.note else { return line.text }
            return line.text + String(repeating: " ", count: max(0, width - line.text.count)) + "  # " + note
        }
        return (["# read from " + sources] + body).joined(separator: "\n")
    }

    /// Longer lines have their note right behind them.
    private static let widest = 64

    private var sources: String {
        files.map { file in
            let path = Self.visible(file.path)
            return file.includer.map { "\(path) (included by \(Self.visible($0)))" } ?? path
        }.joined(separator: ", ")
    }

    private static func write(_ node: Node, indent: String, _ lines: inout [(text: String, note: String?)]) {
        switch node {
        case .key(let key): write(key, indent: indent, &lines)
        case .section(let name, let nodes):
            // Of a section with nothing in it there would be null, which stands for the same.
            lines.append(("\(indent)\(YAMLText.scalar(name)):", nil))
            for node in nodes { write(node, indent: indent + "  ", &lines) }
        case .list(let name, let elements):
            lines.append(("\(indent)\(YAMLText.scalar(name)):" + (elements.isEmpty ? " []" : ""), nil))
            for element in elements {
                let start = lines.count
                for node in element { write(node, indent: indent + "    ", &lines) }
                // The dash goes to the first key that is there; notes of keys that are not stand before it.
                if let first = lines[start...].firstIndex(where: { !$0.text.drop { $0 == " " }.hasPrefix("#") }) {
                    lines[first].text = indent + "  - " + lines[first].text.dropFirst(indent.count + 4)
                }
            }
        }
    }

    private static func write(_ key: Key, indent: String, _ lines: inout [(text: String, note: String?)]) {
        let (name, note) = (YAMLText.scalar(key.name), visible(key.origin))
        switch key.content {
        case .nothing: lines.append(("\(indent)# \(name):", note))
        case .text(let text): lines.append(("\(indent)\(name): \(YAMLText.scalar(text))", note))
        case .elements(let elements):
            lines.append(("\(indent)\(name):" + (elements.isEmpty ? " []" : ""), note))
            for (name, value) in elements {
                let text = YAMLText.scalar(name) + (value.map { ": " + YAMLText.scalar($0) } ?? "")
                lines.append(("\(indent)  - \(text)", nil))
            }
        }
    }

    /// On one line, with nothing that moves a cursor.
    private static func visible(_ text: String) -> String {
        VisibleText.of(text.replacing("\n", with: " ").replacing("\t", with: " "))
    }

    /// An object with every key's dotted path: its value, a list, or nothing where it is not set; whether it is masked; its origin.
    var json: JSON {
        var members: [JSON.Member] = []
        func add(_ nodes: [Node], _ path: String) {
            for node in nodes {
                let full = path + node.name
                switch node {
                case .key(let key): members.append(JSON.Member(full, Self.json(key)))
                case .section(_, let nodes): add(nodes, full + ".")
                case .list(_, let elements):
                    for (index, element) in elements.enumerated() { add(element, "\(full)[\(index)].") }
                }
            }
        }
        add(nodes, "")
        return .object([
            "files": .array(
                files.map { .object(["path": .string($0.path), "includedBy": $0.includer.map { .string($0) }]) }),
            "keys": .object(members),
        ])
    }

    private static func json(_ key: Key) -> JSON {
        let value: JSON =
            switch key.content {
            case .nothing: .null
            case .text(ConfigMask.text): .null
            case .text(let text): .string(text)
            case .elements(let elements):
                .array(elements.map { name, value in value.map { .object([JSON.Member(name, .string($0))]) } ?? .string(name) })
            }
        var isMasked: JSON?
        if case .text(ConfigMask.text) = key.content { isMasked = true }
        return .object(["masked": isMasked, "origin": .string(key.origin), "value": value])
    }
}
