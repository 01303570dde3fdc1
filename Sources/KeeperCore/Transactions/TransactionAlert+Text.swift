import EthRPC
public import KeeperTransactions

extension TransactionAlert {
    /// For people: what the matter is, and what it means.
    public var text: String {
        switch self {
        case .foreign(let nonce, let hash):
            "a transaction that is not ours\(hash.map { ", \($0)," } ?? "") used nonce \(nonce) of the account: the key is shared, or stolen"
        case .unexplained(let nonce): "nonce \(nonce) is used, and no receipt shows by which transaction"
        case .effectUnread(let nonce):
            "nonce \(nonce) is mined, but the words of storage that it was to change cannot be read: its outcome waits for them"
        case .finalUndone(let nonce, let floor):
            "the nodes show nonce \(nonce), and all below \(floor) was final: they follow another chain"
        case .priceIsNotTheProblem(let nonce):
            "nonce \(nonce) pays more than nine tenths of recent blocks and is not mined: something else keeps it out"
        case .atCap(let nonce): "a replacement of nonce \(nonce) would exceed a cap: its bytes are sent again as they are"
        case .balance: "the wallet holds less than what is wished reserves"
        case .refused(let nonce, let kind): "a node refuses nonce \(nonce): \(kind.rawValue)"
        case .triesUsed(let id): "every try of \(id) was mined without effect"
        case .pendingUnknown(let confirmed, let pending):
            "the store is new, and nonces \(confirmed) to \(pending - min(pending, 1)) of the account wait to be mined: nothing is sent before they are"
        case .adoptedRegardless(let nonce):
            "transactions that this store does not know waited too long: new ones begin at nonce \(nonce) all the same"
        case .filling(let nonce): "nonce \(nonce) is free below others of ours: an empty transaction to oneself fills it"
        case .signer(let reason): "the signer: \(reason)"
        case .store(let reason): "the store: \(reason)"
        case .broken(let error): "the records contradict each other: \(error)"
        }
    }
}
