import EthCodec

/// Generates Swift bindings from contract interfaces in JSON: the same input gives the same text.
public enum BindingGenerator {
    /// The source text for the interface `json`, as the enumeration `contract`.
    ///
    /// Throws `BindingError` naming the contract.
    public static func generate(contract: String, json: [UInt8]) throws(BindingError) -> String {
        do {
            return BindingWriter.write(try ContractModel(name: contract, document: ABIDocument(parsing: json)))
        } catch let error as BindingError {
            throw error
        } catch {
            throw .unreadable(contract: contract, reason: "\(error)")
        }
    }
}
