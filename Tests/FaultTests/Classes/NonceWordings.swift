import EthRPC
import KeeperTestServer

/// How clients and providers refuse transactions.
enum NonceWordings {
    struct Wording: Sendable, CustomStringConvertible {
        var refusal: TestNode.Refusal
        var kind: NodeErrorKind
        init(_ code: Int, _ message: String, _ kind: NodeErrorKind) {
            refusal = .init(code, message)
            self.kind = kind
        }
        var description: String { "\(refusal.code) \(refusal.message)" }

        /// What is wrong if it is not understood.
        var problem: String? {
            let understood = NodeError(code: refusal.code, message: refusal.message).kind
            return understood == kind ? nil : "\(self) is taken for \(understood.rawValue)"
        }
    }

    /// geth and Reth, Nethermind, OpenEthereum, Hardhat, a hosted provider.
    static let tooLow = [
        Wording(-32000, "nonce too low: next nonce 6, tx nonce 5", .nonceTooLow),
        Wording(-32010, "OldNonce, Current nonce: 6, nonce of rejected tx: 5.", .nonceTooLow),
        Wording(-32010, "Transaction nonce is too low. Try incrementing the nonce.", .nonceTooLow),
        Wording(-32000, "Nonce too low. Expected nonce to be 6 but got 5.", .nonceTooLow),
        Wording(-32000, "invalid nonce; got 5, expected 6", .nonceTooLow),
    ]

    /// geth, Nethermind in two ways, Besu, Hardhat.
    static let tooHigh = [
        Wording(-32000, "nonce too high: address 0x01, tx: 5 state: 4", .nonceTooHigh),
        Wording(-32010, "NonceGap, Future nonce. Expected nonce: 4", .nonceTooHigh),
        Wording(-32010, "NonceTooFarInFuture", .nonceTooHigh),
        Wording(-32006, "Nonce is too distant from current sender nonce", .nonceTooHigh),
        Wording(-32000, "Nonce too high. Expected nonce to be 4 but got 5.", .nonceTooHigh),
    ]

    /// geth, Nethermind, Besu, Erigon, Reth.
    static let underpriced = [
        Wording(-32000, "transaction underpriced: gas tip cap 1, minimum needed 2", .underpriced),
        Wording(-32010, "FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: 1, BaseFee: 7", .underpriced),
        Wording(-32009, "Gas price below configured minimum gas price", .underpriced),
        Wording(-32000, "fee too low", .underpriced),
        Wording(-32000, "priority fee below minimum required priority fee", .underpriced),
    ]

    /// geth, Nethermind, Erigon, Reth, Hardhat.
    static let replacement = [
        Wording(-32000, "replacement transaction underpriced", .replacementUnderpriced),
        Wording(-32010, "ReplacementNotAllowed", .replacementUnderpriced),
        Wording(-32000, "could not replace existing tx", .replacementUnderpriced),
        Wording(-32000, "insufficient gas price to replace existing transaction", .replacementUnderpriced),
        Wording(-32000, "Replacement fee too low", .replacementUnderpriced),
    ]
}
