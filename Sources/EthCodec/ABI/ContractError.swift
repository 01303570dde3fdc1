public import EthPrimitives

/// A custom error that a contract reverted with; bindings are generated from `abi/*.json`.
public protocol ContractError: Error, Sendable {
    /// The canonical signature, such as `NotMaster(bytes32)`.
    static var signature: String { get }
    /// The first four bytes of the signature's Keccak-256 hash.
    static var selector: Selector { get }
    /// Decodes revert data, selector included. Throws `ABIError.wrongSelector` if it is another error.
    init(revertData: [UInt8]) throws(ABIError)
}
