import EthPrimitives
import EthTransactions
import KeeperTransactions

/// Stands for everything that a strategy decided and everything that became of it, in order.
struct RunDigest: Sendable {
    private var hasher = Keccak256()

    mutating func take(_ verdict: PokeVerdict, at block: PokeScenario.Block) {
        var line = "\(block.number) \(verdict.reason)"
        if let intent = verdict.intent {
            let data = Keccak256.hash(intent.data.rawValue)
            let list = intent.accessList
            line += " \(intent.to) \(data) \(intent.gasLimit) \(intent.fees.maxFeePerGas.rawValue)"
            line += " \(list.entries.count) \(list.storageKeyCount)"
        }
        take(line)
    }

    mutating func take(_ poke: PricedPoke) {
        take("\(poke.block) \(poke.fate.rawValue) \(poke.gasUsed) \(poke.price.rawValue) \(poke.oracles) \(poke.ilks)")
    }

    private mutating func take(_ line: String) { hasher.update(Array((line + "\n").utf8)) }

    /// Unprefixed hex.
    var text: String { Hex.encodeUnprefixed(hasher.finalize().bytes) }
}
