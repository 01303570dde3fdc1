extension ABIDocument {
    /// Reads an interface in the JSON form that compilers write (Solidity documentation, "Contract ABI Specification", JSON), or a
    /// compiler's artifact whose member `abi` holds one.
    ///
    /// Strict where meaning is at stake: kinds, names, types and flags must be there and right; members that no specification names are
    /// left alone. Throws `ABIDocumentError` naming the entry and the member.
    public init(json: JSON) throws(ABIDocumentError) {
        let list = json["abi"] ?? json
        guard case .array(let entries) = list else {
            throw ABIDocumentError(path: "", problem: "expected an array of entries, got \(list.kind)")
        }
        var signatures: [ABISignature] = []
        signatures.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() {
            let reader = try ABIEntryReader(entry, path: "[\(index)]")
            signatures.append(try reader.signature())
        }
        self.init(signatures)
    }

    /// Parses the text of an interface, refusing doubled names. Throws `ABIDocumentError`.
    public init(parsing text: [UInt8]) throws(ABIDocumentError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSONScanner.parse(text, refusingDuplicateNames: true)
        } catch {
            throw ABIDocumentError(path: "", problem: error.description)
        }
        try self.init(json: json)
    }
}

/// Reads one object of an interface.
private struct ABIEntryReader {
    let json: JSON
    let path: String

    init(_ json: JSON, path: String) throws(ABIDocumentError) {
        guard json.members != nil else {
            throw ABIDocumentError(path: path, problem: "expected an object, got \(json.kind)")
        }
        self.json = json
        self.path = path
    }

    private func failure(_ member: String, _ problem: String) -> ABIDocumentError {
        ABIDocumentError(path: "\(path).\(member)", problem: problem)
    }

    private func text(_ member: String) throws(ABIDocumentError) -> String? {
        guard let value = json[member] else { return nil }
        guard let text = value.string else { throw failure(member, "expected a string, got \(value.kind)") }
        return text
    }

    private func flag(_ member: String) throws(ABIDocumentError) -> Bool {
        guard let value = json[member] else { return false }
        guard let flag = value.bool else { throw failure(member, "expected true or false, got \(value.kind)") }
        return flag
    }

    func signature() throws(ABIDocumentError) -> ABISignature {
        // The specification lets functions go without a type.
        let word = try text("type") ?? "function"
        guard let kind = ABISignature.Kind(rawValue: word) else { throw failure("type", "there is no kind of entry \"\(word)\"") }
        var signature = ABISignature(kind, try text("name") ?? "")
        switch kind {
        case .function, .event, .error:
            guard !signature.name.isEmpty else { throw failure("name", "a \(kind.rawValue) needs a name") }
        case .constructor, .fallback, .receive: break
        }
        signature.inputs = try parameters("inputs", of: kind)
        if kind == .function { signature.outputs = try parameters("outputs", of: kind) }
        if kind != .event, kind != .error { signature.stateMutability = try stateMutability() }
        if kind == .event {
            signature.isAnonymous = try flag("anonymous")
            let limit = signature.isAnonymous ? 4 : 3
            guard signature.inputs.count(where: \.isIndexed) <= limit else {
                throw failure("inputs", "more than \(limit) indexed parameters")
            }
        }
        return signature
    }

    /// Old compilers wrote `constant` and `payable` instead.
    private func stateMutability() throws(ABIDocumentError) -> ABISignature.StateMutability {
        guard let word = try text("stateMutability") else {
            if try flag("constant") { return .view }
            return try flag("payable") ? .payable : .nonpayable
        }
        guard let mutability = ABISignature.StateMutability(rawValue: word) else {
            throw failure("stateMutability", "there is no state mutability \"\(word)\"")
        }
        return mutability
    }

    private func parameters(
        _ member: String, of kind: ABISignature.Kind, depth: Int = 0
    ) throws(ABIDocumentError) -> [ABIParameter] {
        guard let value = json[member] else { return [] }
        guard case .array(let elements) = value else { throw failure(member, "expected an array, got \(value.kind)") }
        var parameters: [ABIParameter] = []
        for (index, element) in elements.enumerated() {
            let reader = try ABIEntryReader(element, path: "\(path).\(member)[\(index)]")
            parameters.append(try reader.parameter(isIndexable: kind == .event && depth == 0, depth: depth))
        }
        return parameters
    }

    private func parameter(isIndexable: Bool, depth: Int) throws(ABIDocumentError) -> ABIParameter {
        guard depth < ABIType.maximumDepth else {
            throw ABIDocumentError(path: path, problem: "nested deeper than \(ABIType.maximumDepth)")
        }
        guard let text = try text("type") else { throw failure("type", "a parameter needs a type") }
        var parameter = ABIParameter(try self.text("name") ?? "", .bool, internalType: try self.text("internalType"))
        let isTuple = text == "tuple" || text.hasPrefix("tuple[")
        if isTuple {
            parameter.components = try parameters("components", of: .function, depth: depth + 1)
            guard !parameter.components.isEmpty else { throw failure("components", "a tuple needs members") }
        }
        do throws(ABIError) {
            // The text of a tuple's arrays is parsed behind a stand-in, which then gives way to the members.
            let type = try ABIType(parsing: isTuple ? "bool" + text.dropFirst("tuple".count) : text)
            parameter.type = isTuple ? type.replacingElement(by: .tuple(parameter.components.map(\.type))) : type
        } catch {
            throw failure("type", error.description)
        }
        parameter.isIndexed = isIndexable ? try flag("indexed") : false
        return parameter
    }
}

extension ABIType {
    /// The type with what its arrays are made of exchanged.
    fileprivate func replacingElement(by type: ABIType) -> ABIType {
        switch self {
        case .array(let element): .array(element.replacingElement(by: type))
        case .fixedArray(let element, let count): .fixedArray(element.replacingElement(by: type), count: count)
        default: type
        }
    }
}
