internal import EthCodec
public import EthPrimitives

/// An account's leave to run the code of a contract as its own (EIP-7702), without a signature.
public struct Authorization: Hashable, Sendable {
    /// The byte before the list that is hashed (EIP-7702, MAGIC).
    public static let magic: UInt8 = 0x05

    /// The chain where it holds, 0 for every chain. The protocol admits 256 bits here.
    public var chainID: UInt256
    /// The contract whose code the account runs; zero takes the delegation back.
    public var address: Address
    /// The account's nonce when the authorization is used. If the account sends the transaction itself, one more than that one's.
    public var nonce: Nonce

    public init(chainID: UInt256, address: Address, nonce: Nonce) {
        self.chainID = chainID
        self.address = address
        self.nonce = nonce
    }

    /// The digest that the account signs: Keccak-256 of 0x05 and the list of chain id, address, nonce.
    public var signingHash: B256 { Keccak256.hash(RLPEncoder.encodeList(prefix: Self.magic) { encode(into: &$0) }) }

    func encode(into list: inout RLPEncoder) {
        list.append(chainID)
        list.append(address)
        list.append(nonce)
    }
}
