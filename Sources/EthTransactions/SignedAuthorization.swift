internal import EthCodec
public import EthCrypto
public import EthPrimitives

/// An authorization with what stands in the place of its signature. A transaction stays valid if that is no signature: the block
/// then leaves the authorization out (EIP-7702). So the numbers are kept as they are, within the bounds that the encoding has.
public struct SignedAuthorization: Hashable, Sendable {
    public var authorization: Authorization
    /// 0 or 1 in a signature; the encoding admits a byte.
    public var yParity: UInt8
    public var r: UInt256
    public var s: UInt256

    public init(_ authorization: Authorization, yParity: UInt8, r: UInt256, s: UInt256) {
        self.authorization = authorization
        self.yParity = yParity
        self.r = r
        self.s = s
    }

    /// The signature.
    /// - Throws: `CryptoError.malformedSignature` for another parity, `.signatureOutOfRange` for r, s out of range or s above n/2,
    ///   which EIP-7702 takes over from EIP-2.
    public func signature() throws(CryptoError) -> Signature {
        guard yParity <= 1 else { throw .malformedSignature }
        let signature = try Signature(r: r, s: s, yParity: yParity == 1)
        guard signature.isLowS else { throw .signatureOutOfRange }
        return signature
    }

    /// The account that gives the leave, recovered from the signature.
    /// - Throws: what `signature` throws, `CryptoError.unrecoverable`.
    public func authority() throws(CryptoError) -> Address { try signature().recoverAddress(authorization.signingHash) }

    /// Appends the list of chain id, address, nonce, parity, r, s.
    func encode(into encoder: inout RLPEncoder) {
        encoder.appendList { list in
            authorization.encode(into: &list)
            list.append(UInt64(yParity))
            list.append(r)
            list.append(s)
        }
    }
}

extension Authorization {
    /// Attaches a signature, whoever made it.
    public func signed(_ signature: Signature) -> SignedAuthorization {
        SignedAuthorization(self, yParity: signature.yParity ? 1 : 0, r: signature.r, s: signature.s)
    }

    /// Signs with an account's key, in this process.
    /// - Throws: what `PrivateKey.sign` throws.
    public func signed(by key: PrivateKey) throws(CryptoError) -> SignedAuthorization { signed(try key.sign(signingHash)) }
}
