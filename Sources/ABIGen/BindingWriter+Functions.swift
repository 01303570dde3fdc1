import EthCodec

extension BindingWriter {
    static func write(_ function: ContractModel.Function, to source: inout SourceText) {
        source.documentation("`\(function.declaration)`, selector `\(function.declaration.selector)`.")
        let conformance = function.inputs.isEmpty ? "ArgumentlessCall" : "ContractCall"
        source.block("public struct \(function.name): \(conformance), Equatable") { source in
            signature(function.declaration, to: &source)
            source.line("public static let selector = Selector(\(function.declaration.selector))")
            if function.outputs.count < 2 {
                source.line("public typealias Output = \(function.outputs.first?.swiftType ?? "Void")")
            }
            properties(function.inputs, mutable: true, to: &source)
            source.line()
            if function.inputs.isEmpty {
                source.line("public init() {}")
            } else {
                memberwise(function.inputs, to: &source)
                source.line()
                callData(function.inputs, to: &source)
            }
            if function.outputs.count > 1 {
                source.line()
                output(function.outputs, to: &source)
            }
        }
    }

    private static func callData(_ inputs: [ContractModel.Field], to source: inout SourceText) {
        source.block("public init(callData: [UInt8]) throws(ABIError)") { source in
            source.line("var decoder = try ABIDecoder(callData, after: Self.selector)")
            decode(inputs, to: &source)
            source.line("try decoder.finish()")
        }
        source.line()
        source.block("public var callData: [UInt8]") { source in
            let tail = tails(inputs).joined(separator: " + ")
            let sizes =
                ["selector: Self.selector", "headSize: \(headSize(inputs))"] + (tail.isEmpty ? [] : ["tailSize: \(tail)"])
            source.list("ABIEncoder.encode(", sizes, ") { encoder in")
            source.indented { source in
                for field in inputs { source.line("encoder.add(\(reference(field)))") }
            }
            source.line("}")
        }
    }

    private static func output(_ outputs: [ContractModel.Field], to source: inout SourceText) {
        source.block("public struct Output: Sendable, Equatable") { source in
            properties(outputs, mutable: false, to: &source)
            source.line()
            memberwise(outputs, to: &source)
        }
        source.line()
        source.block("public static func decodeOutput(_ data: [UInt8]) throws(ABIError) -> Output") { source in
            source.line("var decoder = try ABIDecoder(output: data)")
            let members = outputs.map { "\($0.isUnnamed ? "" : "\(SwiftName.label($0.name)): ")decoder.next()" }
            source.list("return try Output(", members, ")")
        }
    }
}
