import EthCodec

extension BindingWriter {
    static func write(_ tuple: ContractModel.Tuple, to source: inout SourceText) {
        let type = tuple.type
        source.documentation("The tuple `\(type.canonical)`.")
        source.block("public struct \(tuple.name): ABICodable, Hashable") { source in
            properties(tuple.fields, mutable: true, to: &source)
            source.line()
            memberwise(tuple.fields, to: &source)
            source.line()
            let members = tuple.fields.map { "\($0.swiftType).abiType" }
            source.line("public static var abiType: ABIType {")
            source.indented { $0.list(".tuple([", members, "])", trailingComma: true) }
            source.line("}")
            if type.isDynamic {
                source.line("public static var abiIsDynamic: Bool { true }")
                let tail = (["\(headSize(tuple.fields))"] + tails(tuple.fields)).joined(separator: " + ")
                source.computed("public var abiTailSize: Int", tail)
            } else {
                source.line("public static var abiHeadSize: Int { \(type.headSize) }")
            }
            source.line()
            source.block("public func encodeABI(into encoder: inout ABIEncoder)") { source in
                if type.isDynamic { source.line("encoder.openFrame(headSize: \(headSize(tuple.fields)))") }
                for field in tuple.fields { source.line("encoder.add(\(reference(field)))") }
            }
            source.line()
            source.block("public init(abi decoder: inout ABIDecoder) throws(ABIError)") { decode(tuple.fields, to: &$0) }
        }
    }
}
