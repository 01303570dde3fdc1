import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTrie

/// What the state holds.
extension LocalMethods {
    /// The block that a parameter names, and the state after it.
    func state(_ parameters: Parameters, _ index: Int) throws(RPCError) -> (block: LocalBlock, reader: HistoryReader) {
        let block = try self.block(try parameters.block(index))
        guard let reader = core.state(after: block) else {
            throw NodeAnswer.failure("historical state \(block.header.stateRoot.description.dropFirst(2)) is not available")
        }
        return (block, reader)
    }

    private func block(_ reference: BlockReference) throws(RPCError) -> LocalBlock {
        if let block = core.block(reference) { return block }
        switch reference {
        case .canonicalHash(let hash):
            throw NodeAnswer.failure(
                core.blocks[hash] == nil ? "header for hash not found" : "hash is not currently canonical")
        case .hash, .bareHash: throw NodeAnswer.failure("header for hash not found")
        default: throw NodeAnswer.failure("header not found")
        }
    }

    private func account(_ parameters: Parameters) throws(RPCError) -> Account {
        let address = try parameters[0].address()
        return try state(parameters, 1).reader.account(address) ?? .empty
    }

    func balance(_ parameters: Parameters) throws(RPCError) -> JSON {
        Quantity.encode(try account(parameters).balance.rawValue)
    }

    func code(_ parameters: Parameters) throws(RPCError) -> JSON {
        .string(Hex.encode(try account(parameters).code.bytes))
    }

    func transactionCount(_ parameters: Parameters) throws(RPCError) -> JSON {
        let nonce = try account(parameters).nonce
        guard try parameters.block(1) == .pending else { return Quantity.encode(nonce) }
        return Quantity.encode(core.pool.nextNonce(of: try parameters[0].address(), state: nonce))
    }

    func storage(_ parameters: Parameters) throws(RPCError) -> JSON {
        let (address, slot) = (try parameters[0].address(), try parameters[1].slot())
        let value = try state(parameters, 2).reader.storage(address, slot) ?? .zero
        return .string(value.bigEndianBytes.description)
    }

    /// The account and its slots with the nodes that prove them, made from the whole state each time.
    func proof(_ parameters: Parameters) throws(RPCError) -> JSON {
        let address = try parameters[0].address()
        var keys: [(text: JSON, slot: UInt256)] = []
        for key in try parameters[1].elements() { keys.append((key.json, try key.slot())) }
        let (block, reader) = try state(parameters, 2)
        guard core.configuration.hasStateRoots else { throw NodeAnswer.failure("proofs need state roots, which are off") }
        var state = core.history.flattened(at: reader.number)
        for layer in reader.layers.reversed() { state.apply(layer) }
        let prover = StateProver(state)
        // Both are made by us of the same state: a proof of anything else would be believed.
        guard prover.root == block.header.stateRoot else {
            preconditionFailure("the state of a block has the root that its header names")
        }
        let account = state.accounts[address] ?? .empty
        let slots = state.storage[address] ?? [:]
        return AccountProof(
            address: address, balance: account.balance, nonce: account.nonce, codeHash: account.code.hash,
            storageHash: StateRoot.storage(slots), accountProof: prover.proof(of: address),
            storageProof: keys.map { key in
                .init(
                    key: StorageKey.slot(key.slot), value: slots[key.slot] ?? .zero,
                    proof: StateProver.proof(of: key.slot, in: slots))
            }
        ).json
    }
}
