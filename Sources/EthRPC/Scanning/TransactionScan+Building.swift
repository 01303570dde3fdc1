internal import EthCrypto
internal import EthPrimitives
internal import EthTransactions

extension TransactionScan {
    /// The transaction that the members make: the kind as named, or else by the members that only one kind has.
    @inline(__always)
    func object(_ members: FieldScanner.Members) throws(FieldFault) -> TransactionObject {
        let isSigned = try isSigned(members)
        let kind = try kind(members)
        let (unsigned, yParity) =
            try kind == .legacy ? legacy(members, isSigned) : (typed(kind, members), parity(members, isSigned))
        return TransactionObject(
            unsigned: unsigned, signature: isSigned ? try signature(members, yParity) : nil, statedFrom: from, statedHash: hash)
    }

    /// r and s are there and not both zero, as nodes write simulated transactions.
    private func isSigned(_ members: FieldScanner.Members) throws(FieldFault) -> Bool {
        guard r != nil || s != nil else { return false }
        let (r, s) = (try members.require(r, "r"), try members.require(s, "s"))
        return !(r == .zero && s == .zero)
    }

    private func kind(_ members: FieldScanner.Members) throws(FieldFault) -> TransactionType {
        if let type {
            guard let byte = UInt8(exactly: type), let kind = TransactionType(rawValue: byte) else {
                throw FieldFault(.expected("a transaction of a type from 0x0 to 0x4"), at: members.start)
            }
            return kind
        }
        if authorizationList != nil { return .setCode }
        if maxFeePerBlobGas != nil || blobVersionedHashes != nil { return .blob }
        if maxFeePerGas != nil || maxPriorityFeePerGas != nil { return .feeMarket }
        guard accessList != nil else { return .legacy }
        return gasPrice != nil ? .accessList : .feeMarket
    }

    private func signature(_ members: FieldScanner.Members, _ yParity: Bool) throws(FieldFault) -> Signature {
        do throws(CryptoError) {
            return try Signature(r: r ?? .zero, s: s ?? .zero, yParity: yParity)
        } catch {
            throw FieldFault(.expected("a transaction with r and s in range"), at: members.start)
        }
    }

    /// The parity of a typed transaction.
    private func parity(_ members: FieldScanner.Members, _ isSigned: Bool) throws(FieldFault) -> Bool {
        guard isSigned else { return false }
        // A v beyond 64 bits is no parity either.
        let stated = v.map { $0.asUInt64 ?? .max }
        let parity = try members.require(yParity ?? stated, "yParity")
        guard parity <= 1, stated == nil || stated == parity else {
            throw FieldFault(.expected("a transaction whose yParity is 0x0 or 0x1, and v the same"), at: members.start)
        }
        return parity == 1
    }

    /// A legacy transaction and the parity that its v spells. Signed, v tells the chain (EIP-155); unsigned, `chainId` does.
    private func legacy(_ members: FieldScanner.Members, _ isSigned: Bool) throws(FieldFault) -> (UnsignedTransaction, Bool) {
        var transaction = LegacyTransaction(
            chainID: nil, nonce: try members.require(nonce, "nonce"), gasPrice: Wei(try members.require(gasPrice, "gasPrice")),
            gasLimit: try members.require(gas, "gas"), to: to, value: Wei(try members.require(value, "value")),
            data: try members.require(input, "input"))
        guard isSigned else {
            // Chain 0 is no chain: libraries write it where they mean none.
            transaction.chainID = chainID.flatMap { $0 == 0 ? nil : ChainID($0) }
            return (.legacy(transaction), false)
        }
        let (chain, yParity) = try Self.chain(of: members.require(v, "v"), members)
        guard chainID == nil || chain == nil || chainID == chain else {
            throw FieldFault(.expected("a transaction whose v is of its chainId"), at: members.start)
        }
        transaction.chainID = chain.map { ChainID($0) }
        return (.legacy(transaction), yParity)
    }

    /// What v tells: the chain (EIP-155), or none where it is 27 or 28, and the parity.
    private static func chain(of v: UInt256, _ members: FieldScanner.Members) throws(FieldFault) -> (UInt64?, Bool) {
        let small = v.asUInt64
        if small == 27 || small == 28 { return (nil, small == 28) }
        if let small, small >= 35 { return ((small - 35) >> 1, (small - 35) & 1 == 1) }
        // Chains above 2^63 have a v of 65 bits.
        guard small == nil, let chain = ((v - 35) >> 1).asUInt64 else {
            throw FieldFault(.expected("a transaction whose v is 27, 28 or of EIP-155"), at: members.start)
        }
        return (chain, (v - 35) & 1 == 1)
    }

    @inline(__always)
    private func typed(_ kind: TransactionType, _ members: FieldScanner.Members) throws(FieldFault) -> UnsignedTransaction {
        let (chainID, nonce) = (ChainID(try members.require(chainID, "chainId")), try members.require(nonce, "nonce"))
        let (gasLimit, value) = (try members.require(gas, "gas"), Wei(try members.require(value, "value")))
        let (data, accessList) = (try members.require(input, "input"), AccessList(accessList ?? []))
        if kind == .accessList {
            return .accessList(
                AccessListTransaction(
                    chainID: chainID, nonce: nonce, gasPrice: Wei(try members.require(gasPrice, "gasPrice")), gasLimit: gasLimit,
                    to: to, value: value, data: data, accessList: accessList))
        }
        let priority = Wei(try members.require(maxPriorityFeePerGas, "maxPriorityFeePerGas"))
        let maximum = Wei(try members.require(maxFeePerGas, "maxFeePerGas"))
        if kind == .feeMarket {
            return .feeMarket(
                FeeMarketTransaction(
                    chainID: chainID, nonce: nonce, maxPriorityFeePerGas: priority, maxFeePerGas: maximum, gasLimit: gasLimit,
                    to: to, value: value, data: data, accessList: accessList))
        }
        // Blob and delegating transactions create no contract.
        let to = try members.require(to, "to")
        if kind == .blob {
            return .blob(
                BlobTransaction(
                    chainID: chainID, nonce: nonce, maxPriorityFeePerGas: priority, maxFeePerGas: maximum, gasLimit: gasLimit,
                    to: to, value: value, data: data, accessList: accessList,
                    maxFeePerBlobGas: Wei(try members.require(maxFeePerBlobGas, "maxFeePerBlobGas")),
                    blobVersionedHashes: try members.require(blobVersionedHashes, "blobVersionedHashes")))
        }
        return .setCode(
            SetCodeTransaction(
                chainID: chainID, nonce: nonce, maxPriorityFeePerGas: priority, maxFeePerGas: maximum, gasLimit: gasLimit, to: to,
                value: value, data: data, accessList: accessList,
                authorizationList: try members.require(authorizationList, "authorizationList")))
    }
}
