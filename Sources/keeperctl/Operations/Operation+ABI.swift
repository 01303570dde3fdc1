import EthCodec
import EthPrimitives

extension Operation {
    /// The contract ABI.
    static let abi = [
        Operation("abi.encode", ["types", "values"]) { arguments in
            let types = try arguments.types("types")
            let values = try ABIValue.values(json: arguments.json("values"), types: types)
            return .string(Hex.encode(try ABIValue.encode(values, as: types)))
        },
        Operation("abi.encodePacked", ["types", "values"]) { arguments in
            let types = try arguments.types("types")
            let values = try ABIValue.values(json: arguments.json("values"), types: types)
            return .string(Hex.encode(try ABIValue.encodePacked(values, as: types)))
        },
        Operation("abi.decode", ["types", "data"]) { arguments in
            let types = try arguments.types("types")
            return .array(try ABIValue.decode(arguments.bytes("data"), as: types).map(\.json))
        },
        Operation("abi.selector", ["signature"]) { .string(try $0.signature("signature", as: .function).selector.description) },
        Operation("abi.topic", ["signature"]) { .string(try $0.signature("signature", as: .event).topic.description) },
    ]
}

extension OperationArguments {
    /// An array of ABI types.
    fileprivate func types(_ name: String) throws(OperationError) -> [ABIType] {
        let value = try json(name)
        guard let elements = value.array else {
            throw .badData(
                "\(name): expected an array of types such as [\"uint256\", \"(address,bytes)[]\"], got \(Excerpt(value))")
        }
        var types: [ABIType] = []
        for (index, element) in elements.enumerated() {
            guard let text = element.string else {
                throw .badData("\(name)[\(index)]: expected a type, got \(Excerpt(element))")
            }
            do throws(ABIError) {
                types.append(try ABIType(parsing: text))
            } catch {
                throw .badData("\(name)[\(index)]: \(error)")
            }
        }
        return types
    }

    /// The declaration of a function, event or error.
    fileprivate func signature(_ name: String, as kind: ABISignature.Kind) throws(OperationError) -> ABISignature {
        let text = try string(name)
        do throws(ABIError) {
            return try ABISignature(parsing: text, as: kind)
        } catch {
            throw .badData("\(name): \(error)")
        }
    }
}
