public import EthCrypto
public import EthPrimitives
public import EthTransactions

/// A signer behind a policy: nothing reaches the key that the policy does not admit, and nobody reaches the key past it.
public struct PolicySigner: Signer, CustomStringConvertible, CustomReflectable {
    private let signer: any Signer
    public let policy: SigningPolicy
    /// The account, as the signer names it when it is taken.
    public let address: Address

    public init(_ signer: any Signer, _ policy: SigningPolicy) {
        self.signer = signer
        self.policy = policy
        address = signer.address
    }

    /// - Throws: `SigningRefusal` before the signer hears of it, or what the signer throws.
    public func sign(_ request: SigningRequest) async throws -> Signature {
        try policy.check(request, by: address)
        return try await signer.sign(request)
    }

    public var description: String { "PolicySigner(\(address))" }
    /// Without the signer.
    public var customMirror: Mirror { Mirror(self, children: ["address": address.description], displayStyle: .struct) }
}
