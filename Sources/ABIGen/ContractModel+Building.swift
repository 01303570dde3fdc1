import EthCodec

extension ContractModel {
    /// Decides the names of everything in `document`. Throws `BindingError` where they would not be unique.
    init(name: String, document: ABIDocument) throws(BindingError) {
        guard SwiftName.isContractName(name) else { throw BindingError.unusableName(contract: name) }
        self.init(name: name)
        for entry in document.entries { try Self.checkNames(entry, contract: name) }
        let functions = document.entries.filter { $0.kind == .function }
        let events = document.entries.filter { $0.kind == .event }
        let errors = document.entries.filter { $0.kind == .error }
        let functionNames = declarationNames(functions, kind: "Call")
        let eventNames = declarationNames(events, kind: "Event")
        let errorNames = declarationNames(errors, kind: "Error")

        for (declaration, name) in zip(functions, functionNames) {
            let inputs = try fields(declaration.inputs, unnamed: "argument", reserved: ["callData"])
            let outputs = try fields(declaration.outputs, unnamed: "value")
            self.functions.append(Function(name: name, declaration: declaration, inputs: inputs, outputs: outputs))
        }
        for (declaration, name) in zip(events, eventNames) {
            self.events.append(Record(name: name, declaration: declaration, fields: try eventFields(declaration.inputs)))
        }
        for (declaration, name) in zip(errors, errorNames) {
            let fields = try fields(declaration.inputs, unnamed: "value")
            self.errors.append(Record(name: name, declaration: declaration, fields: fields))
        }

        var taken: Set<String> = []
        for declared in tuples.map(\.name) + functionNames + eventNames + errorNames where !taken.insert(declared).inserted {
            throw BindingError.nameTaken(contract: name, name: declared)
        }
    }

    /// Insists that every name is an identifier, so that no text of an interface becomes Swift that nobody meant.
    private static func checkNames(_ entry: ABISignature, contract: String) throws(BindingError) {
        var names = [entry.name]
        var parameters = entry.inputs + entry.outputs
        while let parameter = parameters.popLast() {
            names.append(parameter.name)
            if !parameter.components.isEmpty { names.append(parameter.tupleName) }
            parameters += parameter.components
        }
        guard let name = names.first(where: { !$0.isEmpty && !SwiftName.isSolidityIdentifier($0) }) else { return }
        throw .badIdentifier(contract: contract, declaration: "\(entry.kind.rawValue) \(entry.name)", name: name)
    }

    /// Names for declarations of one kind, with parameter types only where the plain name is not enough.
    private func declarationNames(_ entries: [ABISignature], kind: String) -> [String] {
        let plain = entries.map { SwiftName.type($0.name) }
        return zip(entries, plain).map { entry, name in
            let isOverloaded = plain.count(where: { $0 == name }) > 1
            let suffix = isOverloaded ? entry.inputs.map { SwiftName.overloadSuffix($0.type, tuple: $0.tupleName) }.joined() : ""
            let declared = kind == "Error" && (name + suffix).hasSuffix(kind) ? name + suffix : name + suffix + kind
            return SwiftName.usedTypes.contains(declared) ? declared + kind : declared
        }
    }

    private mutating func fields(
        _ parameters: [ABIParameter], unnamed: String, reserved: Set<String> = []
    ) throws(BindingError) -> [Field] {
        let names = SwiftName.members(parameters.map(\.name), unnamed: unnamed, reserved: reserved)
        var fields: [Field] = []
        for (parameter, name) in zip(parameters, names) {
            let swiftType = try swiftType(of: parameter, type: parameter.type)
            fields.append(Field(name: name, isUnnamed: parameter.name.isEmpty, type: parameter.type, swiftType: swiftType))
        }
        return fields
    }

    /// Like `fields`, but the topic of an indexed value that is not one word holds only its hash, and its name says so.
    private mutating func eventFields(_ parameters: [ABIParameter]) throws(BindingError) -> [Field] {
        let told = parameters.enumerated().map { index, parameter in
            guard parameter.isIndexed, !parameter.type.isWord else { return parameter.name }
            return (parameter.name.isEmpty ? "value\(index)" : parameter.name) + "Hash"
        }
        var fields: [Field] = []
        for (parameter, name) in zip(parameters, SwiftName.members(told, unnamed: "value")) {
            let isHash = parameter.isIndexed && !parameter.type.isWord
            let swiftType = isHash ? "B256" : try swiftType(of: parameter, type: parameter.type)
            fields.append(
                Field(
                    name: name, isUnnamed: parameter.name.isEmpty, type: parameter.type, swiftType: swiftType,
                    isIndexed: parameter.isIndexed))
        }
        return fields
    }

    private mutating func swiftType(of parameter: ABIParameter, type: ABIType) throws(BindingError) -> String {
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
        case .tuple: try declareTuple(of: parameter)
        }
    }

    /// Declares the tuple of a parameter once, and returns its name.
    private mutating func declareTuple(of parameter: ABIParameter) throws(BindingError) -> String {
        let name = parameter.tupleName
        let members = try fields(parameter.components, unnamed: "value", reserved: ["abiTailSize"])
        let tuple = Tuple(name: name, fields: members)
        guard let known = tuples.first(where: { $0.name == name }) else {
            tuples.append(tuple)
            return name
        }
        guard known == tuple else { throw BindingError.conflictingTuples(contract: self.name, name: name) }
        return name
    }
}

extension ABIParameter {
    /// `Call3` for `struct Multicall3.Call3[]`; the parameter's own name if the compiler's is not given.
    var tupleName: String {
        var name = self.name.isEmpty ? "Tuple" : SwiftName.type(self.name) + "Tuple"
        if let internalType, internalType.hasPrefix("struct ") {
            let qualified = internalType.dropFirst("struct ".count).prefix { $0 != "[" }
            name = SwiftName.type(String(qualified.split(separator: ".").last ?? qualified))
        }
        return SwiftName.usedTypes.contains(name) ? name + "Tuple" : name
    }
}
