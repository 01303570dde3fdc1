public import EthCrypto
public import EthPrimitives

/// A signer whose key is in this process's memory.
public struct LocalSigner: Signer, CustomStringConvertible {
    private let key: PrivateKey

    public init(_ key: PrivateKey) { self.key = key }

    public var address: Address { key.address }
    public func sign(_ request: SigningRequest) async throws -> Signature { try key.sign(request.digest) }
    public var description: String { "LocalSigner(\(address))" }
}
