import EthCodec

extension BindingWriter {
    static func write(event: ContractModel.Record, to source: inout SourceText) {
        let isAnonymous = event.declaration.isAnonymous
        let topic = event.declaration.topic
        source.documentation("`\(event.declaration)`\(isAnonymous ? "" : ", topic `\(topic)`").")
        let conformance = isAnonymous ? "AnonymousContractEvent" : "ContractEvent"
        source.block("public struct \(event.name): \(conformance), Equatable") { source in
            signature(event.declaration, to: &source)
            if !isAnonymous { source.line("public static let topic0 = (\(topic) as UInt256).bigEndianBytes") }
            properties(event.fields, mutable: false, to: &source)
            source.line()
            let firstTopic = isAnonymous ? 0 : 1
            let indexed = event.fields.filter(\.isIndexed)
            source.block("public init(topics: [B256], data: [UInt8]) throws(ABIError)") { source in
                source.line("try Self.check(topics, count: \(firstTopic + indexed.count))")
                for (index, field) in indexed.enumerated() {
                    let topic = "topics[\(firstTopic + index)]"
                    let value = field.swiftType == "B256" ? topic : "try \(field.swiftType)(topic: \(topic))"
                    source.line("self.\(SwiftName.escaped(field.name)) = \(value)")
                }
                let rest = event.fields.filter { !$0.isIndexed }
                guard !rest.isEmpty else { return source.line("try ABIDecoder(data).finish()") }
                source.line("var decoder = ABIDecoder(data)")
                decode(rest, to: &source)
                source.line("try decoder.finish()")
            }
        }
    }

    static func write(error: ContractModel.Record, to source: inout SourceText) {
        source.documentation("`\(error.declaration)`, selector `\(error.declaration.selector)`.")
        source.block("public struct \(error.name): ContractError, Equatable") { source in
            signature(error.declaration, to: &source)
            source.line("public static let selector = Selector(\(error.declaration.selector))")
            properties(error.fields, mutable: false, to: &source)
            source.line()
            source.block("public init(revertData: [UInt8]) throws(ABIError)") { source in
                guard !error.fields.isEmpty else {
                    return source.line("try ABIDecoder(revertData, after: Self.selector).finish()")
                }
                source.line("var decoder = try ABIDecoder(revertData, after: Self.selector)")
                decode(error.fields, to: &source)
                source.line("try decoder.finish()")
            }
        }
    }
}
