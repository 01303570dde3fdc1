import EthCodec

extension ContractModel {
    /// Decides the names of everything in `document`. Throws `BindingError` where they would not be unique.
    init(name: String, document: ABIDocument) throws {
        self.init(name: name)
        let functions = document.entries.filter { $0.kind == .function }
        let events = document.entries.filter { $0.kind == .event }
        let errors = document.entries.filter { $0.kind == .error }
        let functionNames = declarationNames(functions, kind: "Call")
        let eventNames = declarationNames(events, kind: "Event")
        let errorNames = declarationNames(errors, kind: "Error")

        for (entry, name) in zip(functions, functionNames) {
            self.functions.append(
                Function(
                    name: name, signature: entry.canonical,
                    isView: entry.stateMutability == .view || entry.stateMutability == .pure,
                    inputs: try fields(entry.inputs, unnamed: "argument", reserved: ["callData"]),
                    outputs: try fields(entry.outputs, unnamed: "value")))
        }
        for (entry, name) in zip(events, eventNames) {
            self.events.append(
                Event(
                    name: name, signature: entry.canonical, isAnonymous: entry.isAnonymous,
                    fields: try fields(entry.inputs, unnamed: "value")))
        }
        for (entry, name) in zip(errors, errorNames) {
            let fields = try fields(entry.inputs, unnamed: "value")
            self.errors.append(CustomError(name: name, signature: entry.canonical, fields: fields))
        }

        var taken: Set<String> = []
        for declared in tuples.map(\.name) + functionNames + eventNames + errorNames where !taken.insert(declared).inserted {
            throw BindingError.nameTaken(contract: name, name: declared)
        }
    }

    /// Names for declarations of one kind, with parameter types only where the plain name is not enough.
    private func declarationNames(_ entries: [ABISignature], kind: String) -> [String] {
        let plain = entries.map { SwiftName.type($0.name) }
        return zip(entries, plain).map { entry, name in
            let isOverloaded = plain.filter { $0 == name }.count > 1
            let stem = name + (isOverloaded ? SwiftName.overloadSuffix(entry.inputs.map(\.type)) : "")
            return stem.hasSuffix(kind) && kind == "Error" ? stem : stem + kind
        }
    }

    private mutating func fields(
        _ parameters: [ABIParameter], unnamed: String, reserved: Set<String> = []
    ) throws -> [Field] {
        let names = SwiftName.members(parameters.map(\.name), unnamed: unnamed, reserved: reserved)
        return try zip(parameters, names).map { parameter, name in
            let type = parameter.type
            // The topic of an indexed value that is not one word holds only its hash.
            let swiftType = parameter.isIndexed && !type.isWord ? "B256" : try swiftType(of: parameter, type: type)
            return Field(
                name: name, isUnnamed: parameter.name.isEmpty, type: type, swiftType: swiftType, isIndexed: parameter.isIndexed)
        }
    }

    private mutating func swiftType(of parameter: ABIParameter, type: ABIType) throws -> String {
        switch type {
        case .uint(let bits): [8, 16, 32, 64, 128, 256].contains(bits) ? "UInt\(bits)" : "ABIUInt<\(bits)>"
        case .int(let bits): [8, 16, 32, 64, 128, 256].contains(bits) ? "Int\(bits)" : "ABIInt<\(bits)>"
        case .bool: "Bool"
        case .address: "Address"
        case .fixedBytes(32): "B256"
        case .fixedBytes(let count): "FixedBytes<\(count)>"
        case .function: "FixedBytes<24>"
        case .bytes: "ABIBytes"
        case .string: "String"
        case .array(let element): "[\(try swiftType(of: parameter, type: element))]"
        case .fixedArray(let element, let count): "ABIFixedArray<\(count), \(try swiftType(of: parameter, type: element))>"
        case .tuple: try tupleName(of: parameter)
        }
    }

    /// Declares the tuple of a parameter once, and returns its name.
    private mutating func tupleName(of parameter: ABIParameter) throws -> String {
        let name = Self.declaredName(of: parameter)
        let members = try fields(parameter.components, unnamed: "value", reserved: ["abiTailSize"])
        let tuple = Tuple(name: name, fields: members)
        guard let known = tuples.first(where: { $0.name == name }) else {
            tuples.append(tuple)
            return name
        }
        guard known == tuple else { throw BindingError.conflictingTuples(contract: self.name, name: name) }
        return name
    }

    /// `Call3` for `struct Multicall3.Call3[]`; the parameter's own name if the compiler's is not given.
    private static func declaredName(of parameter: ABIParameter) -> String {
        if let internalType = parameter.internalType, internalType.hasPrefix("struct ") {
            let qualified = internalType.dropFirst("struct ".count).prefix { $0 != "[" }
            return SwiftName.type(String(qualified.split(separator: ".").last ?? qualified))
        }
        return parameter.name.isEmpty ? "Tuple" : SwiftName.type(parameter.name) + "Tuple"
    }
}
