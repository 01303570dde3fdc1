/// What a remote signer wants to be asked. All of them take the transaction as one object of JSON-RPC and answer with the signed
/// bytes, alone or as the member `raw` of an object.
public enum SignerDialect: String, Sendable, Hashable, CaseIterable {
    /// Consensys Web3Signer, mode `eth1`: reads `data` and no `input`, and takes the chain from its own configuration.
    case web3signer
    /// The signer service of the OP stack: type 2 only, `chainId` required.
    case opSigner = "op-signer"
    /// geth's Clef: methods of its own, and the answer is an object. A person may have to approve each request.
    case clef

    /// The method that signs.
    public var method: String {
        switch self {
        case .web3signer, .opSigner: "eth_signTransaction"
        case .clef: "account_signTransaction"
        }
    }

    /// A method that asks for nothing that anybody must approve.
    public var probe: String {
        switch self {
        case .web3signer: "eth_accounts"
        case .opSigner: "health_status"
        case .clef: "account_version"
        }
    }
}
