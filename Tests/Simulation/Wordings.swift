public import EthRPC

/// Refusals in the words of real clients. The world says these; the kinds that a process is told come from the table of the clients'
/// errors, so that a wording that the table misreads would mislead the machine here as it would outside.
public enum Wordings {
    /// What clients say when they mean a kind.
    public static let all: [(kind: NodeErrorKind, messages: [String])] = [
        (
            .nonceTooLow,
            [
                "nonce too low: next nonce 1, tx nonce 0", "OldNonce", "nonce too low",
                "Transaction nonce is too low. Try incrementing the nonce.",
            ]
        ),
        (
            .replacementUnderpriced,
            [
                "replacement transaction underpriced", "ReplacementNotAllowed", "could not replace existing tx",
                "insufficient gas price to replace existing transaction",
            ]
        ),
        (
            .underpriced,
            [
                "transaction underpriced", "FeeTooLow", "transaction gas price below minimum: gas tip cap 0, minimum needed 1",
                "Gas price below configured minimum gas price",
            ]
        ),
        (
            .feeCapBelowBaseFee,
            [
                "max fee per gas less than block base fee: address 0x00, maxFeePerGas: 1, baseFee: 2",
                "Gas price below current base fee",
            ]
        ),
        (
            .insufficientFunds,
            [
                "insufficient funds for gas * price + value: balance 0, tx cost 1, overshot 1", "InsufficientFunds",
                "Upfront cost exceeds account balance",
            ]
        ),
        (.nonceTooHigh, ["nonce too high", "NonceGap", "Transaction nonce is too distant from current sender nonce"]),
        (.accountLimit, ["account limit exceeded", "in-flight transaction limit reached for delegated accounts"]),
        (.tipAboveFeeCap, ["max priority fee per gas higher than max fee per gas"]),
        (.alreadyKnown, ["already known", "AlreadyKnown", "Known transaction"]),
        (.poolFull, ["txpool is full", "sub-pool is full"]),
        (.feeCapExceeded, ["tx fee (2.00 ether) exceeds the configured cap (1.00 ether)"]),
        (.rateLimited, ["rate limit exceeded"]),
        (.internalError, ["internal error"]),
        (.unknown, ["the cow jumped over the moon"]),
    ]

    /// What the table makes of each, worked out once.
    static let told: [NodeErrorKind: [NodeErrorKind]] = Dictionary(
        uniqueKeysWithValues: all.map { kind, messages in
            (kind, messages.map { NodeError(code: -32000, message: $0).kind })
        })

    /// The kinds that a service refuses for reasons of its own.
    static let whims: [NodeErrorKind] = [
        .poolFull, .rateLimited, .internalError, .unknown, .accountLimit, .underpriced, .feeCapExceeded,
    ]

    /// A refusal of a kind as a process is told it.
    static func told(_ kind: NodeErrorKind, _ dice: inout Dice) -> NodeErrorKind {
        guard let kinds = told[kind] else { return kind }
        return kinds[dice.below(kinds.count)]
    }
}
