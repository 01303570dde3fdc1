internal import EthEVM
internal import EthPrimitives
internal import EthTransactions

/// What the protocol writes before the first transaction of a block. Both contracts store what the caller at 0xff…fe gives them, and do
/// nothing else: so the outcome is known without a run. Contracts that are not there keep nothing of it.
enum BlockStart {
    /// Slots of either ring (EIP-4788, HISTORY_BUFFER_LENGTH; EIP-2935, HISTORY_SERVE_WINDOW).
    private static let ring: UInt64 = 8_191

    /// Slots by contract, with what they hold then.
    /// - Parameters:
    ///   - timestamp: of the block, unix seconds.
    ///   - parent: `nil` where it is not the block before.
    ///   - beaconRoot: root of the parent's beacon block; `nil` where it is not known.
    static func writes(
        _ fork: Fork, timestamp: UInt64, parent: (number: UInt64, hash: BlockHash)?, beaconRoot: B256?
    ) -> [Address: [UInt256: UInt256]] {
        var writes: [Address: [UInt256: UInt256]] = [:]
        if fork >= .cancun, let beaconRoot {
            let place = timestamp % ring
            writes[.beaconRoots] = [
                UInt256(place): UInt256(timestamp), UInt256(place + ring): UInt256(bigEndian: beaconRoot),
            ]
        }
        if fork >= .prague, let parent {
            writes[.blockHashHistory] = [UInt256(parent.number % ring): UInt256(bigEndian: parent.hash)]
        }
        return writes
    }
}

extension Address {
    /// The contract with the roots of beacon blocks, 0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02 (EIP-4788).
    static let beaconRoots = Address(
        lowBytesOf: UInt256(limbs: 0xb8bb_8522_d0be_ac02, 0xd732_807e_f131_9fb7, 0x000f_3df6, 0).bigEndianBytes)
    /// The contract with the hashes of blocks, 0x0000F90827F1C53a10cb7A02335B175320002935 (EIP-2935).
    static let blockHashHistory = Address(
        lowBytesOf: UInt256(limbs: 0x335b_1753_2000_2935, 0x27f1_c53a_10cb_7a02, 0xf908, 0).bigEndianBytes)
}
