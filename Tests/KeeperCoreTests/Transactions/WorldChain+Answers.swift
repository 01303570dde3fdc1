import EthTransactions
import EthCodec
import EthPrimitives
import EthRPC
import KeeperTesting
import KeeperTransactions

@testable import KeeperCore
@testable import Simulation

extension WorldChain {
    /// What a node of the world answers.
    /// - Throws: `RPCError` of code `node` for the node's error, another where nothing comes back.
    func answer(_ request: RPCRequest, _ node: Int) throws -> JSON {
        let (account, now) = (key.address, clock.now)
        return try with { state in
            if request.method != "eth_sendRawTransaction", request.method != "eth_chainId",
                state.dice.happens(state.faults.readFailure / 4)
            {
                throw ScriptedTransport.error(-32000, "internal error")
            }
            return try state.answer(request, node, account, now, mutant)
        }
    }

    /// Bytes that a node gets later than anybody waits for, or never.
    func loseOnTheWay(_ request: RPCRequest, _ node: Int?, _ life: Int) {
        with { state in
            guard let bytes = try? Hex.decode(request.params.first?.string ?? "") else { return }
            guard let id = state.id(of: Keccak256.hash(bytes)) else { return state.object("sent what was never signed") }
            state.noteSent(id)
            state.inspector.left(id, era: state.records.era, state.world)
            guard state.dice.happens(state.faults.lateArrival) else { return }
            let at = state.world.tip.number + UInt64(state.dice.from(1, to: 8))
            state.world.late.append((at, id, node ?? state.dice.below(state.world.nodes.count)))
        }
    }
}

extension WorldChain.State {
    fileprivate mutating func answer(
        _ request: RPCRequest, _ node: Int, _ account: Address, _ now: MockClock.Instant, _ mutant: ShellMutant?
    ) throws -> JSON {
        let params = request.params
        let head = world.blocks[world.nodes[node].head]
        switch request.method {
        case "eth_chainId": return "0x1"
        case "eth_getBalance": return Quantity.encode(try block(params.last, head).balance)
        case "eth_getTransactionCount":
            if params.last?.string == "pending" { return Quantity.encode(world.pendingNonce(node)) }
            return Quantity.encode(try block(params.last, head).nonce)
        case "eth_getStorageAt": return .string(try word(params, node, head, mutant).description)
        case "eth_getBlockByNumber":
            guard let block = try? block(params.first, head) else { return .null }
            return json(block, account, isFull: params.last?.bool == true)
        case "eth_getBlockByHash":
            let hash = try BlockHash(hex: params.first?.string ?? "")
            return block(hash).map { json($0, account, isFull: false) } ?? .null
        case "eth_feeHistory": return try history(block(params[1], head))
        case "eth_getTransactionReceipt": return receipt(try Self.hash(params), node, head, account) ?? .null
        case "eth_getTransactionByHash": return transaction(try Self.hash(params), node, head, account) ?? .null
        case "eth_getBlockReceipts":
            guard let block = block(try BlockHash(hex: params.first?.string ?? "")) else { return .null }
            return .array(block.mined.compactMap { json(world.receipt(of: world.transactions[$0.transaction], block), account) })
        case "txpool_contentFrom":
            guard world.nodes[node].showsQueue else { throw ScriptedTransport.error(-32601, "the method does not exist") }
            let members = world.nodes[node].pool.map { JSON.Member("\($0.nonce)", .object([:])) }
            return .object(["pending": .object(members), "queued": .object([:])])
        case "eth_sendRawTransaction": return try submit(try Hex.decode(params.first?.string ?? ""), node, now)
        default: throw ScriptedTransport.error(-32601, "the method \(request.method) does not exist")
        }
    }

    private static func hash(_ params: [JSON]) throws -> TransactionHash { try TransactionHash(hex: params.first?.string ?? "") }

    /// What a block parameter means to a node that follows a head.
    private func block(_ parameter: JSON?, _ head: SimBlock) throws -> SimBlock {
        if let hash = parameter?["blockHash"]?.string {
            guard let block = block(try BlockHash(hex: hash)), isKnown(block, head) else {
                throw ScriptedTransport.error(-32000, "header not found")
            }
            return block
        }
        switch parameter?.string {
        case "latest", "pending": return head
        case "finalized": return world.block(world.finalized(head), on: head)
        case let text?:
            guard let number = Quantity.parse(text)?.asUInt64, number <= head.number else {
                throw ScriptedTransport.error(-32000, "header not found")
            }
            return world.block(number, on: head)
        case nil: throw ScriptedTransport.error(-32602, "missing block")
        }
    }

    /// A word of storage in the state of a block that is named by its hash, unless the node has forgotten it.
    private mutating func word(_ params: [JSON], _ node: Int, _ head: SimBlock, _ mutant: ShellMutant?) throws -> B256 {
        guard params.count == 3, params[0].string.map({ try? Address(hex: $0) }) == Scenario.target, params[2]["blockHash"] != nil
        else {
            object("a word is asked for at no hash")
            throw ScriptedTransport.error(-32602, "missing block")
        }
        let block = try block(params[2], head)
        if dice.happens(faults.wordFailure / 2) { throw ScriptedTransport.error(-32000, "internal error") }
        guard !world.nodes[node].hasPruned(block.number) else {
            throw ScriptedTransport.error(-32000, "missing trie node 5f (path ) state is not available")
        }
        let slot = World.id(try B256(hex: params[1].string ?? ""))
        return world.word(slot, after: mutant == .wordsAtHead ? head : block)
    }

    /// A node knows the blocks of abandoned forks too, as far as it has followed that high.
    private func isKnown(_ block: SimBlock, _ head: SimBlock) -> Bool { block.number <= head.number }

    private func json(_ block: SimBlock, _ account: Address, isFull: Bool) -> JSON {
        let header = block.header
        let mined: [JSON] =
            !isFull
            ? []
            : block.mined.map { entry in
                .object([
                    "hash": .string(hash(of: entry.transaction).description), "from": .string(account.hex),
                    "nonce": Quantity.encode(world.transactions[entry.transaction].nonce),
                ])
            }
        return .object([
            "number": Quantity.encode(header.number), "hash": .string(header.hash.description),
            "parentHash": .string(header.parentHash.description), "timestamp": Quantity.encode(header.timestamp),
            "gasLimit": Quantity.encode(header.gasLimit), "gasUsed": Quantity.encode(header.gasUsed),
            "baseFeePerGas": header.baseFeePerGas.map { Quantity.encode($0.rawValue) }, "transactions": .array(mined),
        ])
    }

    private func history(_ newest: SimBlock) -> JSON {
        let isLegacy = scenario.kind == .legacy
        var blocks = [newest]
        while blocks.count < 10, let last = blocks.last, last.number > 0 { blocks.append(world.blocks[last.parent]) }
        blocks.reverse()
        let fees = blocks.map(\.baseFee) + [newest.nextBaseFee]
        let rewards = blocks.map {
            isLegacy ? [$0.baseFee, $0.baseFee * 12 / 10, $0.baseFee * 13 / 10] : [$0.tip, $0.tip * 3 / 2, $0.tip * 2]
        }
        return .object([
            "oldestBlock": Quantity.encode(blocks[0].number),
            "baseFeePerGas": .array(fees.map { Quantity.encode(isLegacy ? 0 : $0) }),
            "reward": .array(rewards.map { .array($0.map { Quantity.encode($0) }) }),
        ])
    }

    private func receipt(_ hash: TransactionHash, _ node: Int, _ head: SimBlock, _ account: Address) -> JSON? {
        guard let id = id(of: hash), !unindexed.contains(id), let receipt = world.receipt(of: world.transactions[id], head),
            receipt.blockNumber + world.nodes[node].indexLag <= head.number
        else { return nil }
        return json(receipt, account)
    }

    private func json(_ receipt: Receipt?, _ account: Address) -> JSON? {
        guard let receipt else { return nil }
        let hash = JSON.string(hash(of: World.id(receipt.transactionHash)).description)
        let (block, number) = (JSON.string(receipt.blockHash.description), Quantity.encode(receipt.blockNumber))
        let logs: [JSON] = receipt.logs.map { log in
            .object([
                "address": .string(log.address.hex), "topics": .array(log.topics.map { .string($0.description) }),
                "data": .string(Hex.encode(log.data)), "blockHash": block, "blockNumber": number, "transactionHash": hash,
                "logIndex": "0x0",
            ])
        }
        return .object([
            "transactionHash": hash, "blockHash": block, "blockNumber": number, "transactionIndex": "0x0",
            "from": .string(account.hex), "to": .null, "status": receipt.succeeded ? "0x1" : "0x0",
            "gasUsed": Quantity.encode(receipt.gasUsed), "effectiveGasPrice": Quantity.encode(receipt.effectiveGasPrice.rawValue),
            "logs": .array(logs),
        ])
    }

    private func transaction(_ hash: TransactionHash, _ node: Int, _ head: SimBlock, _ account: Address) -> JSON? {
        guard let id = id(of: hash) else { return nil }
        if let block = world.block(of: world.transactions[id], on: head) {
            return .object(["hash": .string(hash.description), "blockHash": .string(block.header.hash.description)])
        }
        return world.nodes[node].holds(id) ? .object(["hash": .string(hash.description), "blockHash": .null]) : nil
    }

    // MARK: - Broadcasts

    /// Bytes have left a process.
    fileprivate mutating func noteSent(_ id: Int) {
        if !durable.contains(id) { object("form \(id) was sent before it was durable") }
    }

    private mutating func submit(_ bytes: [UInt8], _ node: Int, _ now: MockClock.Instant) throws -> JSON {
        let hash = Keccak256.hash(bytes)
        guard let id = id(of: hash) else {
            object("sent what was never signed")
            throw ScriptedTransport.error(-32000, "invalid transaction")
        }
        noteSent(id)
        tally.broadcasts += 1
        if offline[hash]?.time != now { offline[hash] = (now, world.nodes.count == 1 && dice.happens(faults.nothingConnected)) }
        if offline[hash]?.isOffline == true { throw RPCError(.unreachable, "no connection") }
        inspector.left(id, era: records.era, world)
        if dice.happens(faults.refusal) { throw refusal(Wordings.whims[dice.below(Wordings.whims.count)]) }
        if dice.happens(faults.acceptedAndLost) { return .string(hash.description) }
        switch world.submit(id, to: node) {
        case .accepted: return .string(hash.description)
        case .known: throw refusal(.alreadyKnown)
        case .refused(let kind): throw refusal(kind)
        }
    }

    private mutating func refusal(_ kind: NodeErrorKind) -> RPCError {
        let messages = Wordings.all.first { $0.kind == kind }?.messages ?? ["invalid transaction"]
        return ScriptedTransport.error(-32000, messages[dice.below(messages.count)])
    }
}
