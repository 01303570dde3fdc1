import EthCodec

/// The parameters of a request as people write them.
struct RequestParameters {
    let values: [JSON]

    /// - Parameter raw: whether the only argument, or standard input without one, is the whole array.
    /// - Throws: `OperationError`.
    init(_ arguments: [String], raw: Bool) throws(OperationError) {
        guard raw else {
            var values: [JSON] = []
            for (index, argument) in arguments.enumerated() {
                values.append(try Self.value(try InputText.read(argument), "params[\(index)]"))
            }
            self.values = values
            return
        }
        guard arguments.count <= 1 else { throw .usage("expected one array of parameters with --raw, got \(arguments.count)") }
        let json = try InputText.json(arguments.first ?? "-", "params")
        guard let array = json.array else { throw .badData("params: expected an array, got \(json.kind)") }
        values = array
    }

    /// JSON, or a word that is none and stands for itself.
    private static func value(_ text: String, _ name: String) throws(OperationError) -> JSON {
        do throws(JSONError) {
            return try JSONScanner.parse(Array(text.utf8))
        } catch {
            // What begins like JSON was meant to be JSON.
            if let first = text.first, "[{\"".contains(first) { throw .badData("\(name): \(error)") }
            return .string(text)
        }
    }
}
