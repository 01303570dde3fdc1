internal import EthEVM
internal import EthPrimitives
public import EthRPC
internal import EthTransactions

/// Reads of accounts, slots and block hashes at one block, added to a batch; its answers fill a `PinnedState`.
///
/// The batch may carry other reads: this is how a keeper sends one request a tick.
public struct StateReads: Sendable {
    private enum Code: Sendable {
        case known(Bytecode)
        case asked(PendingRead<[UInt8]>)
    }

    private struct AccountRead: Sendable {
        var address: Address
        var balance: PendingRead<Wei>
        var nonce: PendingRead<Nonce>
        var code: Code
    }

    private let block: PinnedBlock
    private let fork: Fork
    private let codes: CodeCache
    private var accounts: [AccountRead] = []
    private var slots: [(address: Address, slot: UInt256, read: PendingRead<B256>)] = []
    private var hashes: [(number: UInt64, read: PendingRead<BlockHeader?>)] = []
    /// The header of the block's own number, read beside hashes of its ancestors, which nodes tell by number only.
    private var own: PendingRead<BlockHeader?>?

    /// Adds what is wanted, in ascending order, pinned by the hash of the block (EIP-1898).
    init(_ wanted: StateMisses, at block: PinnedBlock, _ fork: Fork, _ codes: CodeCache, in batch: inout ReadBatch) {
        self.block = block
        self.fork = fork
        self.codes = codes
        let pin = BlockReference.hash(block.hash)
        for address in wanted.accounts.sorted() {
            let balance = batch.add(.balance(of: address, at: pin))
            let nonce = batch.add(.nonce(of: address, at: pin))
            let known = address.isPrecompile(fork) ? .empty : codes.code(of: address, at: block.number)
            let code: Code = known.map { .known($0) } ?? .asked(batch.add(.code(of: address, at: pin)))
            accounts.append(AccountRead(address: address, balance: balance, nonce: nonce, code: code))
        }
        for (address, wantedSlots) in wanted.slots.sorted(by: { $0.key < $1.key }) {
            for slot in wantedSlots.sorted() {
                slots.append((address, slot, batch.add(.storage(of: address, .slot(slot), at: pin))))
            }
        }
        for number in wanted.blockHashes.sorted() { hashes.append((number, batch.add(.header(.number(number))))) }
        if !hashes.isEmpty { own = batch.add(.header(.number(block.number))) }
    }

    /// Takes the answers in.
    /// - Throws: the node's error or that of a decoder; `.malformedResult` where the block is not on the node's chain any more, but hashes
    ///   of its ancestors were asked for.
    public func fill(_ state: inout PinnedState, from answers: ReadAnswers) throws(RPCError) {
        for read in accounts {
            let code: Bytecode =
                switch read.code {
                case .known(let code): code
                case .asked(let asked): codes.take(try answers.value(of: asked), of: read.address, at: block.number, fork)
                }
            let (nonce, balance) = (try answers.value(of: read.nonce), try answers.value(of: read.balance))
            state.know(Account(nonce: nonce, balance: balance, code: code), at: read.address)
        }
        for (address, slot, read) in slots {
            state.know(UInt256(bigEndian: try answers.value(of: read)), in: slot, of: address)
        }
        guard let own else { return }
        guard try answers.value(of: own)?.hash == block.hash else {
            throw RPCError(.malformedResult, "block \(block.number) was replaced while hashes of its ancestors were read")
        }
        for (number, read) in hashes {
            guard let header = try answers.value(of: read) else {
                throw RPCError(.malformedResult, "the node does not know block \(number), an ancestor of \(block.number)")
            }
            state.know(header.hash, ofBlock: number)
        }
    }
}
