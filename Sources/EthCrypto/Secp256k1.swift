internal import CSecp256k1
internal import EthPrimitives

/// The curve, over libsecp256k1: the only file that calls it.
enum Secp256k1 {
    /// The order n of the group (SEC 2, section 2.4.1).
    static let order: UInt256 = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141

    /// The largest s of a signature in a transaction: n / 2 (EIP-2).
    static let halfOrder: UInt256 = 0x7fff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_5d57_6e73_57a4_501d_dfe9_2f46_681b_20a0

    /// One context for the process, blinded once when it is made: afterwards the library only reads it, so that threads may share it.
    private nonisolated(unsafe) static let context: OpaquePointer = {
        guard let context = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_NONE)) else {
            // It returns nothing only without memory, and without it nothing can be signed.
            preconditionFailure("libsecp256k1 could not make a context")
        }
        let seed = SecretBytes.random()
        let randomized = seed.withUnsafeBytes { secp256k1_context_randomize(context, $0.bound) }
        precondition(randomized == 1, "libsecp256k1 refused to blind its context")
        return context
    }()

    /// Whether the 32 bytes are a number from 1 to n − 1.
    static func isPrivateKey(_ key: SecretBytes) -> Bool {
        key.withUnsafeBytes { secp256k1_ec_seckey_verify(context, $0.bound) == 1 }
    }

    /// Whether the 64 bytes x ‖ y are a point of the curve.
    static func isPublicKey(_ key: FixedBytes<64>) -> Bool { parse(key) != nil }

    /// The point x ‖ y of a private key, `nil` for a key out of range.
    static func publicKey(of key: SecretBytes) -> FixedBytes<64>? {
        var point = secp256k1_pubkey()
        guard key.withUnsafeBytes({ secp256k1_ec_pubkey_create(context, &point, $0.bound) }) == 1 else { return nil }
        return serialize(&point)
    }

    /// A key plus a number, 32 bytes each, modulo n; `nil` if the number is not below n or the sum is zero.
    static func sum(of key: SecretBytes, and tweak: SecretBytes) -> SecretBytes? {
        var valid = false
        let sum = SecretBytes(filledBy: { out in
            key.withUnsafeBytes { out.copyMemory(from: $0) }
            valid = tweak.withUnsafeBytes { secp256k1_ec_seckey_tweak_add(context, out.bound, $0.bound) } == 1
        })
        return valid ? sum : nil
    }

    /// Signs with the nonce of RFC 6979; `s` is in the lower half. `nil` for a key out of range.
    static func sign(_ digest: B256, with key: SecretBytes) -> (r: UInt256, s: UInt256, yParity: Bool)? {
        var signature = secp256k1_ecdsa_recoverable_signature()
        let signed = digest.withUnsafeBytes { digest in
            key.withUnsafeBytes { secp256k1_ecdsa_sign_recoverable(context, &signature, digest.bound, $0.bound, nil, nil) }
        }
        guard signed == 1 else { return nil }
        var recovery: Int32 = 0
        var compact = Compact()
        withUnsafeMutableBytes(of: &compact) { out in
            _ = secp256k1_ecdsa_recoverable_signature_serialize_compact(context, out.bound, &recovery, &signature)
        }
        // A recovery id of 2 or 3 means r overflowed n, one chance in 2¹²⁷: no Ethereum signature can say that.
        guard recovery < 2 else { return nil }
        return (compact.r.value, compact.s.value, recovery == 1)
    }

    /// The public key whose signature of `digest` this is.
    static func recover(_ digest: B256, r: UInt256, s: UInt256, yParity: Bool) -> FixedBytes<64>? {
        var signature = secp256k1_ecdsa_recoverable_signature()
        var point = secp256k1_pubkey()
        let parsed = withUnsafeBytes(of: Compact(r, s)) {
            secp256k1_ecdsa_recoverable_signature_parse_compact(context, &signature, $0.bound, yParity ? 1 : 0)
        }
        guard parsed == 1 else { return nil }
        guard digest.withUnsafeBytes({ secp256k1_ecdsa_recover(context, &point, &signature, $0.bound) }) == 1 else { return nil }
        return serialize(&point)
    }

    /// Whether r, s is a signature of `digest` by `key`; `s` of either half is taken.
    static func verify(_ digest: B256, r: UInt256, s: UInt256, by key: FixedBytes<64>) -> Bool {
        guard var point = parse(key) else { return false }
        var signature = secp256k1_ecdsa_signature()
        let parsed = withUnsafeBytes(of: Compact(r, s)) {
            secp256k1_ecdsa_signature_parse_compact(context, &signature, $0.bound)
        }
        guard parsed == 1 else { return false }
        // The library verifies the lower half only; the caller decides on the upper one.
        var low = secp256k1_ecdsa_signature()
        _ = secp256k1_ecdsa_signature_normalize(context, &low, &signature)
        return digest.withUnsafeBytes { secp256k1_ecdsa_verify(context, &low, $0.bound, &point) } == 1
    }

    /// Bytes of an uncompressed point: the prefix 4 and the coordinates.
    private static let pointLength = 65

    private static func parse(_ key: FixedBytes<64>) -> secp256k1_pubkey? {
        var point = secp256k1_pubkey()
        let parsed = withUnsafeTemporaryAllocation(byteCount: pointLength, alignment: 1) { bytes in
            bytes[0] = 4
            key.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: bytes[1...]).copyMemory(from: $0) }
            return secp256k1_ec_pubkey_parse(context, &point, UnsafeRawBufferPointer(bytes).bound, pointLength)
        }
        return parsed == 1 ? point : nil
    }

    private static func serialize(_ point: inout secp256k1_pubkey) -> FixedBytes<64> {
        withUnsafeTemporaryAllocation(byteCount: pointLength, alignment: 1) { bytes in
            var count = pointLength
            _ = secp256k1_ec_pubkey_serialize(context, bytes.bound, &count, &point, UInt32(SECP256K1_EC_UNCOMPRESSED))
            return FixedBytes<64>(unsafeFilledBy: { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[1...])) })
        }
    }
}

/// The 64 bytes r ‖ s as they lie in memory.
private struct Compact {
    var r: BigEndianWord
    var s: BigEndianWord

    init() { (r, s) = (BigEndianWord(.zero), BigEndianWord(.zero)) }
    init(_ r: UInt256, _ s: UInt256) { (self.r, self.s) = (BigEndianWord(r), BigEndianWord(s)) }
}

/// A number whose limbs lie in memory as its 32 big-endian bytes do.
private struct BigEndianWord {
    private let limbs: (UInt64, UInt64, UInt64, UInt64)

    init(_ value: UInt256) {
        let words = value.limbs
        limbs = (words.3.bigEndian, words.2.bigEndian, words.1.bigEndian, words.0.bigEndian)
    }

    var value: UInt256 {
        UInt256(
            limbs: UInt64(bigEndian: limbs.3), UInt64(bigEndian: limbs.2), UInt64(bigEndian: limbs.1), UInt64(bigEndian: limbs.0))
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes as C wants them.
    fileprivate var bound: UnsafePointer<UInt8> {
        guard let base = bindMemory(to: UInt8.self).baseAddress else {
            // Digests, keys and signatures have fixed sizes above zero.
            preconditionFailure("an empty buffer has no bytes to sign")
        }
        return base
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate var bound: UnsafeMutablePointer<UInt8> {
        // As above.
        guard let base = bindMemory(to: UInt8.self).baseAddress else { preconditionFailure("an empty buffer has no room") }
        return base
    }
}
