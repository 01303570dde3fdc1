import EthEVM
import EthCodec
import EthPrimitives
import EthRPC
import EthTransactions

/// `eth_config` (EIP-7910).
extension LocalMethods {
    /// Precompiled contracts by the names of EIP-7910, in the order of their addresses from 0x01 on.
    private static let names = [
        "ECREC", "SHA256", "RIPEMD160", "ID", "MODEXP", "BN254_ADD", "BN254_MUL", "BN254_PAIRING", "BLAKE2F",
        "KZG_POINT_EVALUATION", "BLS12_G1ADD", "BLS12_G1MSM", "BLS12_G2ADD", "BLS12_G2MSM", "BLS12_PAIRING_CHECK",
        "BLS12_MAP_FP_TO_G1", "BLS12_MAP_FP2_TO_G2",
    ]

    var configuration: JSON {
        let fork = core.rules.fork
        var precompiles: [String: Address] = [:]
        for address in fork.precompiles {
            let number = Int(address.word[18]) << 8 | Int(address.word[19])
            precompiles[number == 0x0100 ? "P256VERIFY" : Self.names[number - 1]] = address
        }
        var contracts: [String: Address] = [:]
        if core.configuration.hasSystemContracts {
            if fork >= .cancun { contracts["BEACON_ROOTS_ADDRESS"] = Address.beaconRoots }
            if fork >= .prague { contracts["HISTORY_STORAGE_ADDRESS"] = Address.blockHashHistory }
        }
        let current = NodeConfiguration.Fork(
            activationTime: 0,
            blobSchedule: core.rules.blobs.map {
                .init(target: $0.target, max: $0.max, baseFeeUpdateFraction: $0.baseFeeUpdateFraction)
            }, chainID: core.rules.chainID, forkID: Self.forkID(core.line[0].hash), precompiles: precompiles,
            systemContracts: contracts)
        return NodeConfiguration(current: current).json
    }

    /// CRC-32 (ISO 3309) of the genesis hash: all forks are there from the first block on (EIP-2124, EIP-6122).
    private static func forkID(_ genesis: BlockHash) -> FixedBytes<4> {
        var crc: UInt32 = .max
        for byte in genesis.bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 0 ? 0 : 0xEDB8_8320) }
        }
        return FixedBytes(withUnsafeBytes(of: (~crc).bigEndian) { Array($0) }) ?? FixedBytes()
    }
}
