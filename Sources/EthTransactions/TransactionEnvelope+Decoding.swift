internal import EthCodec
internal import EthCrypto
internal import EthPrimitives

extension TransactionEnvelope {
    /// Decodes the wire form, strictly: `encoded` of the result is `bytes` again.
    ///
    /// Whether a block would take the transaction (fees, balance, gas) is not looked at.
    /// - Throws: `TransactionDecodingError`.
    public init(decoding bytes: [UInt8]) throws(TransactionDecodingError) {
        guard let first = bytes.first else { throw .empty }
        do {
            switch first {
            case 0x80...: self = .legacy(try Self.legacy(RLPDecoder.decode(bytes).asList(count: 9)))
            case FeeMarketTransaction.typeByte:
                self = .feeMarket(try Self.feeMarket(RLPDecoder.decode(Array(bytes.dropFirst())).asList(count: 12)))
            case 0x01, 0x03, 0x04: throw TransactionDecodingError.notSupportedYet(type: first)
            default: throw TransactionDecodingError.unknownType(first)
            }
        } catch let error as TransactionDecodingError {
            throw error
        } catch let error as RLPError {
            throw .rlp(error)
        } catch {
            preconditionFailure("no other error is thrown above: \(error)")
        }
    }

    private static func legacy(_ fields: [RLPItem]) throws -> Signed<LegacyTransaction> {
        let (chainID, yParity) = try replayProtection(v: fields[6].asUInt256())
        let transaction = LegacyTransaction(
            chainID: chainID, nonce: try nonce(fields[0]), gasPrice: Wei(try fields[1].asUInt256()),
            gasLimit: try fields[2].asUInt64(), to: try fields[3].asOptionalAddress(), value: Wei(try fields[4].asUInt256()),
            data: try fields[5].asBytes())
        return Signed(transaction, try signature(fields[7], fields[8], yParity))
    }

    private static func feeMarket(_ fields: [RLPItem]) throws -> Signed<FeeMarketTransaction> {
        let parity = try fields[9].asUInt256()
        guard parity <= 1 else { throw TransactionDecodingError.wrongYParity(parity) }
        let transaction = FeeMarketTransaction(
            chainID: ChainID(try fields[0].asUInt64()), nonce: try nonce(fields[1]),
            maxPriorityFeePerGas: Wei(try fields[2].asUInt256()), maxFeePerGas: Wei(try fields[3].asUInt256()),
            gasLimit: try fields[4].asUInt64(), to: try fields[5].asOptionalAddress(), value: Wei(try fields[6].asUInt256()),
            data: try fields[7].asBytes(), accessList: try AccessList(fields[8]))
        return Signed(transaction, try signature(fields[10], fields[11], parity == 1))
    }

    /// The chain and the parity that v spells: 27 and 28 without chain, otherwise 35 + 2 × chain id + parity (EIP-155).
    private static func replayProtection(v: UInt256) throws(TransactionDecodingError) -> (ChainID?, yParity: Bool) {
        if v == 27 || v == 28 { return (nil, v == 28) }
        guard v >= 35, let chainID = ((v - 35) >> 1).asUInt64 else { throw .wrongV(v) }
        return (ChainID(chainID), (v - 35) & 1 == 1)
    }

    private static func nonce(_ item: RLPItem) throws -> Nonce {
        let nonce = try item.asUInt64()
        guard nonce < .max else { throw TransactionDecodingError.nonceTooLarge }
        return nonce
    }

    private static func signature(_ r: RLPItem, _ s: RLPItem, _ yParity: Bool) throws -> Signature {
        let (r, s) = (try r.asUInt256(), try s.asUInt256())
        let signature: Signature
        do throws(CryptoError) {
            signature = try Signature(r: r, s: s, yParity: yParity)
        } catch {
            throw TransactionDecodingError.signature(error)
        }
        guard signature.isLowS else { throw TransactionDecodingError.highS }
        return signature
    }
}
