import EthCrypto
import EthPrimitives
import EthTransactions
import Testing

@Suite("Stateless rules")
struct StatelessRulesTests {
    static let order: UInt256 = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141

    static func check(_ transaction: UnsignedTransaction, _ fork: Fork = .osaka, chainID: ChainID = 1) throws -> Address {
        try StatelessRules(chainID: chainID, fork: fork).check(transaction.signed(by: Samples.key))
    }

    @Test("admit each kind from its fork on, and not before", arguments: Fork.allCases)
    func kinds(fork: Fork) throws {
        for transaction in Samples.all {
            if transaction.type == .legacy, fork < .eip158 {
                #expect(throws: StatelessError.replayProtectionNotYet(fork: fork)) { try Self.check(transaction, fork) }
            } else if fork < transaction.type.firstFork {
                #expect(throws: StatelessError.typeNotYet(transaction.type, fork: fork)) { try Self.check(transaction, fork) }
            } else {
                #expect(try Self.check(transaction, fork) == Samples.key.address)
            }
        }
        var unbound = Samples.legacy
        unbound.chainID = nil
        #expect(try Self.check(.legacy(unbound), fork) == Samples.key.address)
    }

    @Test("refuse another chain")
    func chain() {
        for transaction in Samples.all {
            #expect(throws: StatelessError.wrongChain(expected: 2, actual: 1)) { try Self.check(transaction, chainID: 2) }
        }
    }

    @Test("refuse s in the upper half from Homestead on")
    func highS() throws {
        var unbound = Samples.legacy
        unbound.chainID = nil
        let low = try Samples.key.sign(unbound.signingHash)
        let high = try Signature(r: low.r, s: Self.order - low.s, yParity: !low.yParity)
        let envelope = TransactionEnvelope.legacy(unbound.signed(high))
        #expect(try TransactionEnvelope(decoding: envelope.encoded) == envelope)
        #expect(try StatelessRules(chainID: 1, fork: .frontier).check(envelope) == Samples.key.address)
        for fork in Fork.allCases.dropFirst() {
            #expect(throws: StatelessError.highS) { try StatelessRules(chainID: 1, fork: fork).check(envelope) }
        }
    }

    @Test("refuse a signature that no account makes")
    func unrecoverable() throws {
        // 5 is not the x coordinate of a point: 5³ + 7 = 132 is not a square modulo p.
        let envelope = TransactionEnvelope.feeMarket(Samples.feeMarket.signed(try Signature(r: 5, s: 1, yParity: false)))
        #expect(throws: StatelessError.signature(.unrecoverable)) {
            try StatelessRules(chainID: 1, fork: .osaka).check(envelope)
        }
    }

    @Test("refuse the last nonce")
    func nonce() throws {
        var transaction = Samples.feeMarket
        transaction.nonce = .max
        #expect(throws: StatelessError.nonceTooLarge) { try Self.check(.feeMarket(transaction)) }
        transaction.nonce = .max - 1
        #expect(throws: Never.self) { try Self.check(.feeMarket(transaction)) }
    }

    @Test("ask for the gas that the transaction begins with, and for the floor from Prague on")
    func gas() throws {
        var transaction = Samples.feeMarket
        let standard: Gas = 21_000 + 100 * 16 + 2 * 2_400 + 2 * 1_900
        transaction.gasLimit = standard
        #expect(throws: Never.self) { try Self.check(.feeMarket(transaction)) }
        transaction.gasLimit -= 1
        #expect(throws: StatelessError.intrinsicGasTooLow(needed: standard, limit: standard - 1)) {
            try Self.check(.feeMarket(transaction))
        }
        transaction.accessList = []
        transaction.gasLimit = 21_000 + 100 * 40 - 1
        #expect(throws: Never.self) { try Self.check(.feeMarket(transaction), .cancun) }
        #expect(throws: StatelessError.intrinsicGasTooLow(needed: 25_000, limit: 24_999)) {
            try Self.check(.feeMarket(transaction), .prague)
        }
        var setCode = Samples.setCode
        setCode.gasLimit = 21_000 + 16 + 2 * 25_000 + 2 * 2_400 + 2 * 1_900 - 1
        #expect(throws: StatelessError.intrinsicGasTooLow(needed: setCode.gasLimit + 1, limit: setCode.gasLimit)) {
            try Self.check(.setCode(setCode))
        }
    }

    @Test("cap the gas limit from Osaka on")
    func gasCap() {
        var transaction = Samples.feeMarket
        transaction.gasLimit = 16_777_216
        #expect(throws: Never.self) { try Self.check(.feeMarket(transaction)) }
        transaction.gasLimit += 1
        #expect(throws: Never.self) { try Self.check(.feeMarket(transaction), .prague) }
        #expect(throws: StatelessError.gasLimitTooHigh(limit: 16_777_217, maximum: 16_777_216)) {
            try Self.check(.feeMarket(transaction))
        }
    }

    @Test("bound the init code from Shanghai on")
    func initCode() {
        var transaction = Samples.accessList
        transaction.gasLimit = 5_000_000
        transaction.data = [UInt8](repeating: 0, count: 49_152)
        #expect(throws: Never.self) { try Self.check(.accessList(transaction)) }
        transaction.data.append(0)
        #expect(throws: Never.self) { try Self.check(.accessList(transaction), .paris) }
        #expect(throws: StatelessError.initCodeTooLong(bytes: 49_153, maximum: 49_152)) {
            try Self.check(.accessList(transaction), .shanghai)
        }
        transaction.to = Samples.to
        #expect(throws: Never.self) { try Self.check(.accessList(transaction)) }
    }

    @Test("bound the fee, not fee and value together, by 256 bits")
    func overflow() throws {
        var legacy = Samples.legacy
        legacy.value = Wei(.max)
        #expect(throws: Never.self) { try Self.check(.legacy(legacy)) }
        legacy.gasPrice = Wei(.max / 100_000)
        #expect(throws: Never.self) { try Self.check(.legacy(legacy)) }
        legacy.gasPrice = Wei(.max / 100_000 + 1)
        #expect(throws: StatelessError.feeOverflow) { try Self.check(.legacy(legacy)) }
        var blob = Samples.blob
        blob.maxFeePerBlobGas = Wei(.max / 262_144)
        #expect(throws: StatelessError.feeOverflow) { try Self.check(.blob(blob)) }
        blob.maxFeePerBlobGas = Wei(.max / 262_145)
        #expect(throws: Never.self) { try Self.check(.blob(blob)) }
    }

    @Test("keep the priority fee within the fee")
    func priority() {
        var (market, blob, setCode) = (Samples.feeMarket, Samples.blob, Samples.setCode)
        market.maxPriorityFeePerGas = market.maxFeePerGas
        #expect(throws: Never.self) { try Self.check(.feeMarket(market)) }
        (market.maxPriorityFeePerGas, blob.maxPriorityFeePerGas, setCode.maxPriorityFeePerGas) = (.gwei(3), .gwei(3), .gwei(3))
        for transaction in [UnsignedTransaction.feeMarket(market), .blob(blob), .setCode(setCode)] {
            #expect(throws: StatelessError.priorityFeeAboveMaximum) { try Self.check(transaction) }
        }
    }

    @Test(
        "count blobs by fork",
        arguments: [(Fork.cancun, 6), (.prague, 9), (.osaka, 6)])
    func blobs(fork: Fork, maximum: Int) {
        var blob = Samples.blob
        blob.blobVersionedHashes = Array(repeating: Samples.blobHash, count: maximum)
        #expect(throws: Never.self) { try Self.check(.blob(blob), fork) }
        blob.blobVersionedHashes.append(Samples.blobHash)
        #expect(throws: StatelessError.tooManyBlobs(count: maximum + 1, maximum: maximum)) { try Self.check(.blob(blob), fork) }
        blob.blobVersionedHashes = []
        #expect(throws: StatelessError.noBlobs) { try Self.check(.blob(blob), fork) }
        blob.blobVersionedHashes = [Samples.blobHash, B256()]
        #expect(throws: StatelessError.wrongBlobVersion(0)) { try Self.check(.blob(blob), fork) }
    }

    @Test("ask for an authorization, but not for one that holds")
    func authorizations() {
        var transaction = Samples.setCode
        transaction.authorizationList[0].yParity = 2
        #expect(throws: CryptoError.self) { try transaction.authorizationList[0].authority() }
        #expect(throws: Never.self) { try Self.check(.setCode(transaction)) }
        transaction.authorizationList = []
        #expect(throws: StatelessError.noAuthorizations) { try Self.check(.setCode(transaction)) }
    }
}
