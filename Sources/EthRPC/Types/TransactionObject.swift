internal import EthCodec
public import EthCrypto
public import EthPrimitives
public import EthTransactions

/// A transaction as JSON-RPC spells it: a node's answer, mined or pending, or one that waits for its signature.
///
/// The wire form, the hash and the sender follow from the fields; what the object says of them is kept beside, unverified.
public struct TransactionObject: Sendable, Hashable {
    public let unsigned: UnsignedTransaction
    /// `nil` where r and s are absent, or both zero, as nodes write simulated transactions.
    public let signature: Signature?
    /// The sender that the object names.
    public let statedFrom: Address?
    /// The hash that the object names.
    public let statedHash: TransactionHash?

    package init(unsigned: UnsignedTransaction, signature: Signature?, statedFrom: Address?, statedHash: TransactionHash?) {
        self.unsigned = unsigned
        self.signature = signature
        self.statedFrom = statedFrom
        self.statedHash = statedHash
    }

    /// The wire form and its recomputed hash; `nil` without a signature. Made each time: whoever reads a block of hundreds of
    /// transactions need not hash them all.
    public var envelope: TransactionEnvelope? { signature.map { unsigned.signed($0) } }

    /// Reads an object of a node, strictly.
    ///
    /// `type` may be absent: then the fields tell it. A legacy transaction may leave `chainId` out, a typed one may name its
    /// parity `v`, `yParity` or both.
    /// - Throws: `RPCError` of code `.malformedResult`, which names the field.
    public init(_ reader: FieldReader) throws(RPCError) { try self.init(TransactionFieldReader(reader: reader, lenient: false)) }

    /// Reads an object that a person or a script wrote: numbers also as decimal strings or JSON integers, numbers left out are
    /// zero. For tools that show what they are about to sign; never for answers of a node.
    /// - Throws: `RPCError` of code `.malformedResult`, which names the field.
    public init(lenient reader: FieldReader) throws(RPCError) {
        try self.init(TransactionFieldReader(reader: reader, lenient: true))
    }

    private init(_ fields: TransactionFieldReader) throws(RPCError) {
        let scalars = try fields.signatureScalars()
        let type = try fields.type()
        if type == .legacy {
            let (transaction, yParity) = try fields.legacy(isSigned: scalars != nil)
            unsigned = .legacy(transaction)
            signature = try fields.signature(scalars, yParity)
        } else {
            unsigned = try fields.typed(type)
            signature = try fields.signature(scalars, scalars == nil ? false : fields.yParity())
        }
        statedFrom = try fields.reader.optional("from").map { (field) throws(RPCError) in try fields.address(field) }
        statedHash = try fields.reader.optional("hash")?.b256()
    }
}

extension TransactionFieldReader {
    /// The kind: as named, or else by the fields that only one kind has.
    fileprivate func type() throws(RPCError) -> TransactionType {
        if let field = try reader.optional("type") {
            guard let byte = UInt8(exactly: try number64(field)), let type = TransactionType(rawValue: byte) else {
                throw field.expected("a transaction type from 0x0 to 0x4")
            }
            return type
        }
        if try has("authorizationList") { return .setCode }
        if try has("maxFeePerBlobGas", "blobVersionedHashes") { return .blob }
        if try has("maxFeePerGas", "maxPriorityFeePerGas") { return .feeMarket }
        guard try has("accessList") else { return .legacy }
        return try has("gasPrice") ? .accessList : .feeMarket
    }

    /// r and s, unless the object has neither.
    fileprivate func signatureScalars() throws(RPCError) -> (r: UInt256, s: UInt256)? {
        guard try has("r", "s") else { return nil }
        let (r, s) = (try scalar(reader.member("r")), try scalar(reader.member("s")))
        return r == .zero && s == .zero ? nil : (r, s)
    }

    fileprivate func signature(_ scalars: (r: UInt256, s: UInt256)?, _ yParity: Bool) throws(RPCError) -> Signature? {
        guard let scalars else { return nil }
        do throws(CryptoError) {
            return try Signature(r: scalars.r, s: scalars.s, yParity: yParity)
        } catch {
            throw RPCError(.malformedResult, "\(reader.path): \(error)")
        }
    }

    /// The parity of a typed transaction.
    fileprivate func yParity() throws(RPCError) -> Bool {
        let field = try first("yParity", "v")
        let parity = try number(field)
        guard let bit = parity.asUInt64, bit <= 1 else { throw field.expected("0x0 or 0x1") }
        if let v = try reader.optional("v"), try number(v) != parity { throw v.expected("the same value as in \(field.path)") }
        return bit == 1
    }

    /// A legacy transaction and the parity that its v spells. Signed, v tells the chain (EIP-155); unsigned, `chainId` does.
    fileprivate func legacy(isSigned: Bool) throws(RPCError) -> (LegacyTransaction, yParity: Bool) {
        var transaction = LegacyTransaction(
            chainID: nil, nonce: try number64("nonce"), gasPrice: Wei(try number("gasPrice")),
            gasLimit: try number64("gas", "gasLimit"), to: try recipient(), value: Wei(try number("value")), data: try data())
        let stated = try reader.optional("chainId").map { (field) throws(RPCError) in ChainID(try number64(field)) }
        guard isSigned else {
            // Chain 0 is no chain: libraries write it where they mean none.
            transaction.chainID = stated == 0 ? nil : stated
            return (transaction, false)
        }
        let field = try reader.member("v")
        guard let protection = ReplayProtection(v: try number(field)) else { throw field.expected("27, 28 or a v of EIP-155") }
        if let stated, let bound = protection.chainID, stated != bound { throw field.expected("a v of chain \(stated)") }
        transaction.chainID = protection.chainID
        return (transaction, protection.yParity)
    }

    fileprivate func typed(_ type: TransactionType) throws(RPCError) -> UnsignedTransaction {
        let (chainID, nonce) = (ChainID(try number64("chainId")), try number64("nonce"))
        let (gasLimit, to, value) = (try number64("gas", "gasLimit"), try recipient(), Wei(try number("value")))
        let (data, accessList) = (try data(), try accessList())
        if type == .accessList {
            return .accessList(
                AccessListTransaction(
                    chainID: chainID, nonce: nonce, gasPrice: Wei(try number("gasPrice")), gasLimit: gasLimit, to: to,
                    value: value, data: data, accessList: accessList))
        }
        let (priority, maximum) = (Wei(try number("maxPriorityFeePerGas")), Wei(try number("maxFeePerGas")))
        if type == .feeMarket {
            return .feeMarket(
                FeeMarketTransaction(
                    chainID: chainID, nonce: nonce, maxPriorityFeePerGas: priority, maxFeePerGas: maximum, gasLimit: gasLimit,
                    to: to, value: value, data: data, accessList: accessList))
        }
        guard let to else { throw try reader.member("to").expected("a recipient, which type \(type.rawValue) must have") }
        if type == .blob {
            return .blob(
                BlobTransaction(
                    chainID: chainID, nonce: nonce, maxPriorityFeePerGas: priority, maxFeePerGas: maximum, gasLimit: gasLimit,
                    to: to, value: value, data: data, accessList: accessList,
                    maxFeePerBlobGas: Wei(try number("maxFeePerBlobGas")),
                    blobVersionedHashes: try hashes("blobVersionedHashes")))
        }
        return .setCode(
            SetCodeTransaction(
                chainID: chainID, nonce: nonce, maxPriorityFeePerGas: priority, maxFeePerGas: maximum, gasLimit: gasLimit,
                to: to, value: value, data: data, accessList: accessList, authorizationList: try authorizations()))
    }

    private func authorizations() throws(RPCError) -> [SignedAuthorization] {
        var list: [SignedAuthorization] = []
        for element in try reader.member("authorizationList").elements() {
            let fields = TransactionFieldReader(reader: element, lenient: lenient)
            let authorization = Authorization(
                chainID: try fields.number("chainId"), address: try fields.address(element.member("address")),
                nonce: try fields.number64("nonce"))
            let parity = try fields.first("yParity", "v")
            guard let yParity = UInt8(exactly: try fields.number64(parity)) else { throw parity.expected("a byte") }
            list.append(
                SignedAuthorization(
                    authorization, yParity: yParity, r: try fields.scalar(element.member("r")),
                    s: try fields.scalar(element.member("s"))))
        }
        return list
    }
}
