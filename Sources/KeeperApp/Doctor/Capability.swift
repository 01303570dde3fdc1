/// What keepers may want of a node beyond plain reads.
public enum Capability: String, Sendable, CaseIterable {
    case blockHash, feeHistory, blockOverrides, stateOverrides, createAccessList, simulate, traceCall, proof, configuration, safe
    case finalized, subscribe

    /// Its name for people: the method where it is one.
    var title: String {
        switch self {
        case .blockHash: "reads by block hash"
        case .feeHistory: "eth_feeHistory"
        case .blockOverrides: "block overrides"
        case .stateOverrides: "state overrides"
        case .createAccessList: "eth_createAccessList"
        case .simulate: "eth_simulateV1"
        case .traceCall: "debug_traceCall"
        case .proof: "eth_getProof"
        case .configuration: "eth_config"
        case .safe: "safe tag"
        case .finalized: "finalized tag"
        case .subscribe: "eth_subscribe"
        }
    }

    /// Whether no keeper can do without: facts are read at one block hash (EIP-1898), fees from the history.
    public var isNeeded: Bool { self == .blockHash || self == .feeHistory }

    /// What is lost without it; `nil` where nothing is lost that keepers have today.
    var loss: String? {
        switch self {
        case .blockHash: "Facts of one block cannot be read together (EIP-1898): use another node"
        case .feeHistory: "Fees cannot be judged: use another node"
        case .blockOverrides:
            "Gas is not simulated at the time of the next block: the keeper's own gas model stands alone on this node"
        case .safe, .finalized: "Confirmations must be counted instead: is the node's consensus client connected?"
        case .subscribe: "Heads are polled from this node"
        case .stateOverrides, .createAccessList, .simulate, .traceCall, .proof, .configuration: nil
        }
    }

    /// What is known about it at one node.
    public enum Status: Sendable, Hashable {
        case yes
        /// The node does not do it, for this reason.
        case no(String)
        /// There was no answer to judge by.
        case unclear(String)
        /// Not asked, as `eth_subscribe` over HTTP.
        case notApplicable

        /// One word, for JSON.
        var word: String {
            switch self {
            case .yes: "yes"
            case .no: "no"
            case .unclear: "unclear"
            case .notApplicable: "notApplicable"
            }
        }

        var reason: String? {
            switch self {
            case .no(let reason), .unclear(let reason): reason
            case .yes, .notApplicable: nil
            }
        }
    }
}
