internal import EthEVM
internal import EthPrimitives
internal import EthTransactions
internal import Synchronization

/// Code of contracts that can never change, kept from block to block and shared by all who simulate on one chain.
///
/// From Cancun on SELFDESTRUCT leaves an older contract its code (EIP-6780), so that code which a block ends with stays as it is, unless it is
/// empty or a delegation (EIP-7702). Only such code is kept; everything else is read again at each block. See decision 0016.
public final class CodeCache: Sendable {
    /// How many contracts are kept; when there are more, all are forgotten and read again.
    public static let capacity = 1_024
    /// Blocks, two epochs: what was learned in so many before a reorganisation may be of a contract that is not there any more.
    private static let reorganisationDepth: UInt64 = 64

    private struct Entry {
        var code: Bytecode
        /// The lowest block at whose end it was seen.
        var since: UInt64
    }

    private struct Contents {
        var entries: [Address: Entry] = [:]
        /// The same code at several addresses is analysed once and held once.
        var shared: [B256: Bytecode] = [:]
        var newest: (number: UInt64, hash: BlockHash)?
    }

    private let contents = Mutex(Contents())

    public init() {}

    /// The code of a contract at the end of a block, if it is known.
    func code(of address: Address, at number: UInt64) -> Bytecode? {
        contents.withLock { contents in
            guard let entry = contents.entries[address], entry.since <= number else { return nil }
            return entry.code
        }
    }

    /// Takes in code that a node gave.
    /// - Parameter fork: whose rules hold at the block.
    /// - Returns: the code, analysed.
    func take(_ bytes: [UInt8], of address: Address, at number: UInt64, _ fork: Fork) -> Bytecode {
        if bytes.isEmpty { return .empty }
        let hash = Keccak256.hash(bytes)
        return contents.withLock { contents in
            let code = contents.shared[hash] ?? Bytecode(bytes)
            guard fork >= .cancun, code.delegate == nil else { return code }
            if contents.entries.count >= Self.capacity {
                contents.entries.removeAll()
                contents.shared.removeAll()
            }
            contents.shared[hash] = code
            let since = min(number, contents.entries[address]?.since ?? number)
            contents.entries[address] = Entry(code: code, since: since)
            return code
        }
    }

    /// Learns which block is simulated on. Where it shows that blocks were replaced, what was learned lately is forgotten.
    func follow(_ block: PinnedBlock) {
        contents.withLock { contents in
            defer {
                if block.number >= contents.newest?.number ?? 0 { contents.newest = (block.number, block.hash) }
            }
            guard let newest = contents.newest else { return }
            let isReplaced =
                block.number == newest.number && block.hash != newest.hash
                || block.number == newest.number + 1 && block.parentHash != newest.hash
            guard isReplaced else { return }
            contents.entries = contents.entries.filter { $0.value.since + Self.reorganisationDepth < block.number }
        }
    }
}
