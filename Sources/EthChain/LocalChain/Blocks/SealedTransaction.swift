import EthCodec
import EthCrypto
import EthPrimitives
import EthTransactions

/// A transaction as a block holds it, and who sent it.
struct SealedTransaction: Sendable {
    let unsigned: UnsignedTransaction
    /// `nil` for one that is only simulated: nodes write zeros in its place.
    let signature: Signature?
    let sender: Address
    let encoded: [UInt8]
    let hash: TransactionHash
    /// What all kinds have.
    let fields: any SignableTransaction
    let fees: FeeCaps

    init(_ envelope: TransactionEnvelope, sender: Address) {
        unsigned = envelope.unsigned
        signature = envelope.signature
        self.sender = sender
        encoded = envelope.encoded
        hash = envelope.hash
        fields = unsigned.transaction
        fees = unsigned.fees
    }

    /// One that nobody signed.
    init(simulated unsigned: UnsignedTransaction, sender: Address) {
        self.unsigned = unsigned
        signature = nil
        self.sender = sender
        encoded = Self.withoutSignature(unsigned)
        hash = Keccak256.hash(encoded)
        fields = unsigned.transaction
        fees = unsigned.fees
    }

    /// Blobs that it carries.
    var blobs: Int {
        if case .blob(let blob) = unsigned { blob.blobVersionedHashes.count } else { 0 }
    }

    /// The list that would be signed, with three zeros behind its fields.
    private static func withoutSignature(_ unsigned: UnsignedTransaction) -> [UInt8] {
        var payload = unsigned.signingPayload[...]
        let prefix = unsigned.type == .legacy ? [] : [payload.removeFirst()]
        // A list begins with its length: one byte below 56, else the length of the length.
        let first = payload.removeFirst()
        if first > 0xf7 { payload.removeFirst(Int(first - 0xf7)) }
        payload += [0x80, 0x80, 0x80]
        guard payload.count >= 56 else { return prefix + [0xc0 + UInt8(payload.count)] + payload }
        let length = UInt256(UInt64(payload.count)).minimalBigEndianBytes
        return prefix + [0xf7 + UInt8(length.count)] + length + payload
    }
}
