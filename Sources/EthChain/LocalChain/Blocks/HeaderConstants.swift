import EthPrimitives

/// Hashes of what local blocks do not have.
enum HeaderConstants {
    /// Keccak-256 of the empty RLP list: no uncles.
    static let noUncles: B256 = Keccak256.hash([0xc0])
    /// SHA-256 of nothing: no requests (EIP-7685).
    static let noRequests = UInt256(
        limbs: 0xa495_991b_7852_b855, 0x27ae_41e4_649b_934c, 0x9afb_f4c8_996f_b924, 0xe3b0_c442_98fc_1c14
    ).bigEndianBytes
}
