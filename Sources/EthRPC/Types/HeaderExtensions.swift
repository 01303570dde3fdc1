public import EthPrimitives

/// The fields of a block header that forks appended: each one requires those before it.
public struct HeaderExtensions: Sendable, Hashable {
    /// London (EIP-1559).
    public let baseFeePerGas: Wei?
    /// Shanghai (EIP-4895).
    public let withdrawalsRoot: B256?
    /// Cancun (EIP-4844).
    public let blobGasUsed: Gas?
    /// Cancun (EIP-4844).
    public let excessBlobGas: Gas?
    /// Cancun (EIP-4788).
    public let parentBeaconBlockRoot: B256?
    /// Prague (EIP-7685).
    public let requestsHash: B256?

    /// - Throws: `HeaderExtensionError` if a field is there and one before it is not.
    public init(
        baseFeePerGas: Wei? = nil, withdrawalsRoot: B256? = nil, blobGasUsed: Gas? = nil, excessBlobGas: Gas? = nil,
        parentBeaconBlockRoot: B256? = nil, requestsHash: B256? = nil
    ) throws(HeaderExtensionError) {
        let presence = [
            ("baseFeePerGas", baseFeePerGas != nil), ("withdrawalsRoot", withdrawalsRoot != nil),
            ("blobGasUsed", blobGasUsed != nil), ("excessBlobGas", excessBlobGas != nil),
            ("parentBeaconBlockRoot", parentBeaconBlockRoot != nil), ("requestsHash", requestsHash != nil),
        ]
        if let absent = presence.firstIndex(where: { !$0.1 }), let later = presence[absent...].first(where: { $0.1 }) {
            throw HeaderExtensionError(missing: presence[absent].0, requiredBy: later.0)
        }
        self.init(inOrder: baseFeePerGas, withdrawalsRoot, blobGasUsed, excessBlobGas, parentBeaconBlockRoot, requestsHash)
    }

    /// For those who know that none is left out between others, such as a decoder, which reads the fields in their order.
    package init(
        inOrder baseFeePerGas: Wei?, _ withdrawalsRoot: B256?, _ blobGasUsed: Gas?, _ excessBlobGas: Gas?,
        _ parentBeaconBlockRoot: B256?, _ requestsHash: B256?
    ) {
        self.baseFeePerGas = baseFeePerGas
        self.withdrawalsRoot = withdrawalsRoot
        self.blobGasUsed = blobGasUsed
        self.excessBlobGas = excessBlobGas
        self.parentBeaconBlockRoot = parentBeaconBlockRoot
        self.requestsHash = requestsHash
    }
}

/// A later fork's field of a block header without an earlier one's.
public struct HeaderExtensionError: Error, Equatable, Sendable, CustomStringConvertible {
    public let missing: String
    public let requiredBy: String

    public var description: String { "the header has \(requiredBy), but not \(missing)" }
}
