import EthCodec
import EthCrypto
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import Testing

@testable import EthChain

/// What forks put into blocks.
@Suite("Forks of a local chain") struct LocalChainForkTests {
    @Test(
        "A header has the fields of its fork",
        arguments: [
            (Fork.london, 1), (.paris, 1), (.shanghai, 2), (.cancun, 5), (.prague, 6), (.osaka, 6),
        ])
    func fields(fork: Fork, count: Int) throws {
        let world = try LocalWorld(fork: fork)
        try world.chain.mine()
        let header = try #require(world.chain.block()?.header)
        let extensions = header.extensions
        let there = [
            extensions.baseFeePerGas != nil, extensions.withdrawalsRoot != nil, extensions.blobGasUsed != nil,
            extensions.excessBlobGas != nil, extensions.parentBeaconBlockRoot != nil, extensions.requestsHash != nil,
        ]
        #expect(there.count { $0 } == count)
        #expect((header.difficulty == .zero) == (fork >= .paris))
        #expect(try ExecutionHeader(decoding: header.encoded) == header)
    }

    @Test("From Osaka on a transaction has at most 2^24 gas (EIP-7825); before, a block's")
    func cap() throws {
        for (fork, words) in [(Fork.prague, nil), (.osaka, "transaction gas limit too high (cap: 16777216, tx: 16777217)")] {
            let world = try LocalWorld(fork: fork)
            let large = try world.transaction(from: world.rich, nonce: 0, to: world.poor.address, gas: 16_777_217, cap: .gwei(2))
            #expect(try world.refusal("eth_sendRawTransaction", [.string(Hex.encode(large.encoded))])?.message == words)
        }
    }

    private static func blob(_ world: LocalWorld, nonce: Nonce, count: Int, cap: Wei = .gwei(1)) throws -> TransactionEnvelope {
        let hashes = (0..<count).map { index in
            var hash = Keccak256.hash("blob \(nonce) \(index)")
            hash[0] = 1
            return hash
        }
        return try UnsignedTransaction.blob(
            BlobTransaction(
                chainID: world.chain.chainID, nonce: nonce, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(50),
                gasLimit: 100_000, to: world.poor.address, maxFeePerBlobGas: cap, blobVersionedHashes: hashes)
        ).signed(by: world.rich)
    }

    @Test("Blobs fill blocks up to their schedule, are paid for, and move their price (EIP-4844, EIP-7691)")
    func blobs() throws {
        let world = try LocalWorld()
        for nonce in 0..<3 as Range<Nonce> { try world.chain.send(Self.blob(world, nonce: nonce, count: 4)) }
        try world.chain.mine()
        // Nine have room: the third transaction waits.
        let header = try #require(world.chain.block()?.header)
        #expect(header.extensions.blobGasUsed == 8 * 131_072 && header.extensions.excessBlobGas == 0)
        let receipt = try #require(world.chain.receipts()?[0])
        #expect(receipt.blobGas?.used == 4 * 131_072 && receipt.blobGas?.price == Wei(1) && receipt.type == 3)
        let spent = try #require(world.chain.account(world.rich.address)).balance
        let fees = try #require(world.chain.receipts()).reduce(Wei.zero) { $0 + $1.effectiveGasPrice * $1.gasUsed }
        #expect(spent + fees + Wei(8 * 131_072) == .ether(100))
        try world.chain.mine()
        #expect(world.chain.block()?.header.extensions.excessBlobGas == 2 * 131_072)
        #expect(try #require(world.chain.receipts()).count == 1)
    }

    @Test("From Osaka on the price of blobs is held up by that of execution (EIP-7918)")
    func reserve() throws {
        let world = try LocalWorld(fork: .osaka)
        try world.chain.send(Self.blob(world, nonce: 0, count: 4))
        try world.chain.send(Self.blob(world, nonce: 1, count: 4))
        try world.chain.mine()
        try world.chain.mine()
        // A third of the blob gas used, for three blobs of nine are above the target.
        #expect(world.chain.block()?.header.extensions.excessBlobGas == 8 * 131_072 / 3)
    }

    @Test("Over RPC a blob transaction comes with its blobs; more than a transaction may carry are refused")
    func blobWords() throws {
        let world = try LocalWorld()
        let bare = try Self.blob(world, nonce: 0, count: 1)
        #expect(
            try world.refusal("eth_sendRawTransaction", [.string(Hex.encode(bare.encoded))])?.message
                == "missing sidecar in blob transaction")
        let error = #expect(throws: RPCError.self) { try world.chain.send(Self.blob(world, nonce: 0, count: 10)) }
        #expect(error?.message == "too many blobs in transaction: have 10, permitted 9")
        try world.chain.send(bare)
        let bump = #expect(throws: RPCError.self) {
            try world.chain.send(Self.blob(world, nonce: 0, count: 1, cap: Wei(1_999_999_999)))
        }
        #expect(bump?.nodeError?.kind == .replacementUnderpriced)
    }

    @Test("An account that delegates runs another's code from then on (EIP-7702); before Prague nobody can")
    func delegation() throws {
        func setCode(_ world: LocalWorld) throws -> TransactionEnvelope {
            let leave = Authorization(
                chainID: UInt256(world.chain.chainID.rawValue), address: world.world.address("MEGA"), nonce: 0)
            return try UnsignedTransaction.setCode(
                SetCodeTransaction(
                    chainID: world.chain.chainID, nonce: 0, maxPriorityFeePerGas: .gwei(1), maxFeePerGas: .gwei(50),
                    gasLimit: 200_000, to: world.poor.address, authorizationList: [leave.signed(by: world.other)])
            ).signed(by: world.rich)
        }
        let world = try LocalWorld()
        try world.chain.send(setCode(world))
        try world.chain.mine()
        #expect(world.chain.account(world.other.address)?.code == .delegation(to: world.world.address("MEGA")))
        #expect(world.chain.account(world.other.address)?.nonce == 1 && world.chain.receipts()?[0].type == 4)
        // The delegated account still sends.
        try world.chain.send(world.transaction(from: world.other, nonce: 1, to: world.poor.address))
        try world.chain.mine()
        #expect(world.chain.head.gasUsed == 21_000)

        let older = try LocalWorld(fork: .cancun)
        let error = #expect(throws: RPCError.self) { try older.chain.send(setCode(older)) }
        #expect(error?.nodeError?.kind == .transactionTypeNotSupported)
    }

    @Test("The contracts of EIP-4788 and EIP-2935 are fed before each block, if they are wanted, and answer")
    func systemContracts() throws {
        let world = try LocalWorld { $0.hasSystemContracts = true }
        for _ in 0..<3 { try world.chain.mine() }
        let second = try #require(world.chain.block(.number(2)))
        let hash = try world.ask(
            "eth_call",
            .object(["to": .string(Address.blockHashHistory.hex), "data": .string(UInt256(2).bigEndianBytes.description)]))
        #expect(hash == .string(second.statedHash.description))
        let time = UInt256(second.header.timestamp).bigEndianBytes.description
        let root = try world.ask("eth_call", .object(["to": .string(Address.beaconRoots.hex), "data": .string(time)]))
        #expect(root == .string(try #require(second.header.extensions.parentBeaconBlockRoot).description))
        let plain = try LocalWorld()
        #expect(plain.chain.account(.beaconRoots)?.code.bytes.isEmpty == true)
    }

    @Test("Withdrawals are paid after the transactions, in gwei (EIP-4895)")
    func withdrawals() throws {
        let world = try LocalWorld()
        var template = BlockTemplate(timestamp: LocalWorld.genesisTime + 12, baseFeePerGas: .gwei(1))
        template.withdrawals = [Withdrawal(index: 1, validatorIndex: 2, address: world.poor.address, amountGwei: 3)]
        try world.chain.append([], template)
        #expect(world.chain.account(world.poor.address)?.balance == LocalWorld.pittance + .gwei(3))
        let block = try #require(world.chain.block())
        #expect(
            block.withdrawals?.count == 1
                && block.header.extensions.withdrawalsRoot == BlockRoots.withdrawals(template.withdrawals))
        #expect(block.size == UInt64(block.header.encoded.count) + 3 + 1 + 1 + 1 + UInt64(template.withdrawals[0].encoded.count))
    }

    @Test("A list of transactions is taken as it is, or not at all: the error names which one does not hold")
    func lists() throws {
        let world = try LocalWorld()
        let template = BlockTemplate(timestamp: LocalWorld.genesisTime + 12, baseFeePerGas: .gwei(1))
        let good = try world.transaction(from: world.rich, nonce: 0, to: world.poor.address)
        let bad = try world.transaction(from: world.rich, nonce: 5, to: world.poor.address)
        #expect(throws: LocalChainError.transaction(index: 1, .invalidTransaction(.nonceTooHigh(state: 1)))) {
            try world.chain.append([good, bad], template)
        }
        #expect(world.chain.head.number == 0 && world.chain.account(world.rich.address)?.nonce == 0)
        try world.chain.append([good], template)
        #expect(world.chain.head.gasUsed == 21_000)
    }
}
