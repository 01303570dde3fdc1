public import EthPrimitives
public import EthTransactions

/// Why a policy lets a transaction not be signed: the field, its value, and what was expected.
public enum SigningRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Blobs and authorizations too are types of their own.
    case type(TransactionType, expected: TransactionType)
    /// More than a call may announce.
    case accessList(addresses: Int, slots: Int)
    /// A cancel or a filler touches nothing that could be announced.
    case cancelAccessList(addresses: Int)
    /// `nil` for a signature that would hold on every chain.
    case chain(ChainID?, expected: ChainID)
    /// A transaction without a recipient creates a contract.
    case deployment
    case value(Wei)
    case contract(Address, expected: [Address])
    /// The first bytes of the data, four or fewer.
    case selector(Bytes, of: Address, expected: [Selector])
    /// To the own address there is nothing but a cancel or a filler.
    case cancelData(bytes: Int)
    case cancelGasLimit(Gas)
    /// Nothing of ours can be in the way of this nonce or above it.
    case cancelNonce(Nonce, highestBound: Nonce?)
    case maxFeePerGas(Wei, cap: Wei)
    case maxPriorityFeePerGas(Wei, maxFeePerGas: Wei)
    case gasLimit(Gas, cap: Gas)
    /// Gas limit × fee cap; `nil` where that exceeds 256 bits.
    case spend(Wei?, cap: Wei)

    /// The field's name, as JSON-RPC spells it; `spend` is gas × maxFeePerGas.
    public var field: String {
        switch self {
        case .type: "type"
        case .accessList, .cancelAccessList: "accessList"
        case .chain: "chainId"
        case .deployment, .contract: "to"
        case .value: "value"
        case .selector, .cancelData: "data"
        case .cancelGasLimit, .gasLimit: "gas"
        case .cancelNonce: "nonce"
        case .maxFeePerGas: "maxFeePerGas"
        case .maxPriorityFeePerGas: "maxPriorityFeePerGas"
        case .spend: "spend"
        }
    }

    /// What the field holds.
    public var value: String {
        switch self {
        case .type(let type, _): "\(type.rawValue)"
        case .accessList(let addresses, let slots):
            "\(Self.count(addresses, "address", "addresses")) with \(Self.count(slots, "slot", "slots"))"
        case .cancelAccessList(let addresses): Self.count(addresses, "address", "addresses")
        case .chain(let chain, _): chain.map { "\($0)" } ?? "none"
        case .deployment: "none"
        case .value(let value): "\(value)"
        case .contract(let contract, _): "\(contract)"
        case .selector(let bytes, let contract, _): "\(bytes) to \(contract)"
        case .cancelData(let bytes): Self.count(bytes, "byte", "bytes")
        case .cancelGasLimit(let gas), .gasLimit(let gas, _): "\(gas)"
        case .cancelNonce(let nonce, _): "\(nonce)"
        case .maxFeePerGas(let fee, _), .maxPriorityFeePerGas(let fee, _): "\(fee)"
        case .spend(let spend, _): spend.map { "\($0)" } ?? "more than 256 bits"
        }
    }

    /// What it should hold.
    public var expected: String {
        switch self {
        case .type(_, let type): "\(type.rawValue)"
        case .accessList:
            "at most \(SigningPolicy.maxListedAddresses) addresses with \(SigningPolicy.maxListedSlots) slots"
        case .cancelAccessList: "no addresses in a transaction to oneself"
        case .chain(_, let chain): "\(chain)"
        case .deployment: "a recipient: a keeper deploys nothing"
        case .value: "\(Wei.zero)"
        case .contract(_, let contracts): Self.list(contracts, "a configured contract, and none is")
        case .selector(_, _, let selectors): Self.list(selectors, "a configured selector, and none is")
        case .cancelData: "no data in a transaction to oneself"
        case .cancelGasLimit: "\(IntrinsicGas.base) in a transaction to oneself"
        case .cancelNonce(_, let highest):
            highest.map { "at most \($0), the highest bound nonce" } ?? "a bound nonce, and none is"
        case .maxFeePerGas(_, let cap), .spend(_, let cap): "at most \(cap)"
        case .maxPriorityFeePerGas(_, let maximum): "at most maxFeePerGas, \(maximum)"
        case .gasLimit(_, let cap): "at most \(cap)"
        }
    }

    public var description: String { "not signed: \(field): expected \(expected), got \(value)" }

    private static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }

    private static func list<T: CustomStringConvertible>(_ choices: [T], _ none: String) -> String {
        switch choices.count {
        case 0: none
        case 1: "\(choices[0])"
        default: "one of " + choices.map(\.description).joined(separator: ", ")
        }
    }
}
