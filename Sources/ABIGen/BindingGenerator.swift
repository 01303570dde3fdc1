import EthCodec

/// Generates Swift bindings from contract interfaces in JSON: the same input gives the same text.
public enum BindingGenerator {
    /// The source text for the interface `json`, as the enumeration `contract`.
    ///
    /// Throws `BindingError` naming the contract, and the entry and member that are wrong.
    public static func generate(contract: String, json: [UInt8]) throws(BindingError) -> String {
        let document: ABIDocument
        do throws(ABIDocumentError) {
            document = try ABIDocument(parsing: json)
        } catch {
            throw .unreadable(contract: contract, reason: error.description)
        }
        return BindingWriter.write(try ContractModel(name: contract, document: document))
    }
}
