import EthCodec

/// A JSON Schema (draft 2020-12) of everything that a configuration may hold, for editors and for checks without the program.
///
/// It refuses nothing that the reader takes, but for two things: addresses and other numbers that YAML takes for numbers where they are not
/// in quotes, and `null` for a key that is not set. What only the reader can know (checksums, names that occur twice, files that are not there)
/// it does not find.
struct ConfigSchema {
    /// Of a survey.
    let root: ConfigReader
    let title: String
    /// Whether it is for a file that others complete: one that is included, or one of several.
    let isPart: Bool

    var json: JSON {
        var members: [JSON.Member] = [
            JSON.Member("$schema", "https://json-schema.org/draft/2020-12/schema"),
            JSON.Member("title", .string(title)),
        ]
        members += Self.shape(root)
        // What a file includes may have what it leaves out.
        if !isPart, let demands = Self.demands(root) {
            members.append(JSON.Member("if", .object(["required": ["include"]])))
            members.append(JSON.Member("else", demands))
        }
        members.append(
            JSON.Member(
                "$defs",
                .object([
                    "variable": .object(["type": "string", "pattern": "[$][{][A-Za-z_][A-Za-z0-9_]*[}]"]),
                    "file": .object(["type": "string", "minLength": 1]),
                ])))
        return .object(members)
    }

    // MARK: What may be there

    private static func shape(_ reader: ConfigReader) -> [JSON.Member] {
        var properties: [JSON.Member] = []
        var inFiles: [String] = []
        var both: [JSON] = []
        for field in reader.fields {
            switch field {
            case .key(let key):
                properties.append(JSON.Member(key.name, described(key, form(of: key))))
                switch key.kind {
                case .secret:
                    let file = key.name + "File"
                    let words: JSON = .string("a file that holds it, read again when it changes: \(key.meaning)")
                    properties.append(JSON.Member(file, .object(["$ref": "#/$defs/file", "description": words])))
                    both.append(.object(["not": .object(["required": [.string(key.name), .string(file)]])]))
                case .value where key.names.count > 1: inFiles.append(key.name)
                case .value, .file, .variable, .include: break
                }
            case .section(let name, let meaning, _, let child):
                properties.append(JSON.Member(name, .object([JSON.Member("description", .string(meaning))] + shape(child))))
            case .names(let name, let meaning, _):
                properties.append(
                    JSON.Member(
                        name,
                        .object([
                            "description": .string(meaning), "type": "object",
                            "additionalProperties": .object(["type": "string"]),
                        ])))
            case .list(let name, let meaning, let word, let readers, _):
                let kinds = readers.map(element)
                let items: JSON = word == nil ? kinds.first ?? true : .object(["oneOf": .array(kinds)])
                properties.append(
                    JSON.Member(name, .object(["description": .string(meaning), "type": "array", "items": items])))
            }
        }
        var members: [JSON.Member] = [
            JSON.Member("type", "object"), JSON.Member("properties", .object(properties)),
        ]
        if !inFiles.isEmpty {
            let names = "^(" + inFiles.joined(separator: "|") + ")File$"
            members.append(JSON.Member("patternProperties", .object([JSON.Member(names, .object(["$ref": "#/$defs/file"]))])))
        }
        members.append(JSON.Member("additionalProperties", false))
        if !both.isEmpty { members.append(JSON.Member("allOf", .array(both))) }
        return members
    }

    /// An element of a list stands for itself: nothing else completes it.
    private static func element(_ reader: ConfigReader) -> JSON {
        var members = shape(reader)
        guard let demands = demands(reader)?.members else { return .object(members) }
        for member in demands {
            if let index = members.firstIndex(where: { $0.name == member.name }), let mine = members[index].value.array,
                let others = member.value.array
            {
                members[index].value = .array(mine + others)
            } else {
                members.append(member)
            }
        }
        return .object(members)
    }

    private static func described(_ key: ConfigKey, _ form: JSON) -> JSON {
        var members = [JSON.Member("description", .string(key.meaning))]
        if let fallback = key.fallback, case .value(let type) = key.kind, key.fallbackSource == nil {
            members.append(JSON.Member("default", value(fallback, type)))
        }
        return .object(members + (form.members ?? []))
    }

    /// A default as JSON has it.
    private static func value(_ text: String, _ type: ConfigType) -> JSON {
        switch type {
        case .number: .number(text)
        case .bool: .bool(text == "true")
        default: .string(text)
        }
    }

    private static func form(of key: ConfigKey) -> JSON {
        switch key.kind {
        case .value(let type):
            var form = form(type)
            if key.isRequired, case .object(let members) = form, form["type"]?.string == "array" {
                form = .object(members + [JSON.Member("minItems", 1)])
            }
            return form
        case .secret: return .object(["type": "string"])
        case .file: return .object(["$ref": "#/$defs/file"])
        case .variable: return .object(["type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]{0,62}$"])
        case .include: return form(.list(of: .text(pattern: nil)))
        }
    }

    private static func form(_ type: ConfigType) -> JSON {
        switch type {
        case .text(nil): .object(["type": "string"])
        case .text(let pattern?): orVariable(.object(["type": "string", "pattern": .string(pattern)]))
        case .link: orVariable(.object(["type": "string", "pattern": "^https?://"]))
        case .number(let range):
            orVariable(
                .object(["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]),
                .object(["type": "string", "pattern": "^[0-9]+$"]))
        case .bool: orVariable(.object(["type": "boolean"]), .object(["enum": ["true", "false"]]))
        case .words(let words): orVariable(.object(["enum": .array(words.map(JSON.string))]))
        case .list(let element): .object(["type": "array", "items": form(element)])
        case .pairs(let name, let value):
            .object([
                "type": "array",
                "items": .object([
                    "anyOf": [
                        form(name),
                        .object([
                            "type": "object", "minProperties": 1, "maxProperties": 1, "propertyNames": form(name),
                            "additionalProperties": form(value),
                        ]),
                    ]
                ]),
            ])
        }
    }

    /// A value may come from the environment.
    private static func orVariable(_ forms: JSON...) -> JSON {
        .object(["anyOf": .array(forms + [.object(["$ref": "#/$defs/variable"])])])
    }

    // MARK: What must be there

    /// `nil` if nothing must.
    private static func demands(_ reader: ConfigReader) -> JSON? {
        var required: [JSON] = []
        var all: [JSON] = []
        var properties: [JSON.Member] = []
        var together: [JSON.Member] = []
        for field in reader.fields {
            switch field {
            case .key(let key) where key.isRequired:
                if key.names.count == 1 { required.append(.string(key.name)) } else { all.append(anyOf(key.names)) }
            case .section(let name, _, let isOptional, let child):
                guard let demands = demands(child) else { continue }
                properties.append(JSON.Member(name, demands))
                if !isOptional { required.append(.string(name)) }
            default: continue
            }
        }
        for rule in reader.rules {
            switch rule {
            case .exactlyOne(let groups): all.append(.object(["oneOf": .array(groups.map(anyOf))]))
            case .needs(let name, let other): together.append(JSON.Member(name, [.string(other)]))
            }
        }
        var members: [JSON.Member] = []
        if !required.isEmpty { members.append(JSON.Member("required", .array(required))) }
        if !properties.isEmpty { members.append(JSON.Member("properties", .object(properties))) }
        if !together.isEmpty { members.append(JSON.Member("dependentRequired", .object(together))) }
        if !all.isEmpty { members.append(JSON.Member("allOf", .array(all))) }
        return members.isEmpty ? nil : .object(members)
    }

    private static func anyOf(_ names: [String]) -> JSON {
        names.count == 1
            ? .object(["required": [.string(names[0])]])
            : .object(["anyOf": .array(names.map { .object(["required": [.string($0)]]) })])
    }
}
