import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions
import TestSupport
import Testing

@testable import EthChain

/// What the block after another looks like.
@Suite("Next block") struct NextBlockTests {
    private static let block = PinnedBlock(
        hash: B256(), number: 100, parentHash: B256(), timestamp: 1_750_000_000, gasLimit: 60_000_000, gasUsed: 30_000_000,
        baseFeePerGas: .gwei(10), feeRecipient: OracleWorld.keeper, prevRandao: Keccak256.hash("randao"), blobGasUsed: 0,
        excessBlobGas: 0)

    @Test("It is 12 seconds later, of the same limit and fee recipient, without randomness")
    func defaults() throws {
        let next = try BlockEnvironment(after: Self.block, chain: 1, .mainnet)
        #expect(
            next
                == BlockEnvironment(
                    chainID: 1, fork: .prague, number: 101, timestamp: 1_750_000_012, gasLimit: 60_000_000,
                    feeRecipient: OracleWorld.keeper, baseFeePerGas: .gwei(10), blobBaseFee: Wei(1)))
    }

    @Test("Overrides say otherwise, and the time chooses the rules")
    func overrides() throws {
        let overrides = BlockOverrides(
            number: 7, time: 1_764_798_551, gasLimit: 9, feeRecipient: .zero, prevRandao: B256(), baseFeePerGas: Wei(3),
            blobBaseFee: Wei(4))
        let next = try BlockEnvironment(after: Self.block, overrides, chain: 1, .mainnet)
        #expect(
            next
                == BlockEnvironment(
                    chainID: 1, fork: .osaka, number: 7, timestamp: 1_764_798_551, gasLimit: 9, baseFeePerGas: Wei(3),
                    blobBaseFee: Wei(4)))
    }

    @Test(
        "The base fee of 500 blocks of mainnet follows from the block before",
        .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func baseFees() throws {
        struct Row: Decodable { var base_fee_per_gas, gas_used, gas_limit: UInt64 }
        let rows: [Row] = try SharedVectors.json("fees/blocks_24337593-24338092.json")
        for (row, next) in zip(rows, rows.dropFirst()) {
            var block = Self.block
            (block.gasUsed, block.gasLimit, block.baseFeePerGas) = (
                row.gas_used, row.gas_limit, Wei(UInt256(row.base_fee_per_gas))
            )
            #expect(block.nextBaseFeePerGas == Wei(UInt256(next.base_fee_per_gas)))
        }
        #expect(rows.count == 500)
    }

    @Test(
        "The blob base fee of real blocks follows from the block before, over the change of its schedule",
        .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func blobFees() throws {
        let blocks = try (22_431_080...22_431_084).map { number in
            let json = try JSONScanner.parse(SharedVectors.bytes("mainnet/nimbus/\(number).json"))
            let header = try ExecutionHeader(FieldReader(json, path: "block"))
            return PinnedBlock(header, hash: header.hash)
        }
        for (block, next) in zip(blocks, blocks.dropFirst()) {
            let expected = try BlockEnvironment(of: next, chain: 1, .mainnet)
            let overrides = BlockOverrides(
                time: next.timestamp, gasLimit: next.gasLimit, feeRecipient: next.feeRecipient, prevRandao: next.prevRandao)
            #expect(try BlockEnvironment(after: block, overrides, chain: 1, .mainnet) == expected)
            #expect(expected.blobBaseFee > Wei(1))
        }
        #expect(blocks.last?.parentHash == blocks[3].hash)
    }

    @Test(
        "The exponential of EIP-4844 is that of its sum",
        arguments: [(0, 1), (2_314_057, 1), (2_314_058, 2), (10 * 1_024 * 1_024, 23)] as [(Gas, UInt256)])
    func exponential(_ excess: Gas, _ fee: UInt256) {
        // From the test vectors of the specification's own reference (fraction 3338477).
        #expect(BlobSchedule.cancun.baseFee(excess: excess) == Wei(fee))
    }

    @Test("An excess beyond all bounds costs the most there is, soon")
    func excessive() {
        #expect(BlobSchedule(target: 1, max: 2, baseFeeUpdateFraction: 1).baseFee(excess: .max) == Wei(.max))
        #expect(
            BlobSchedule(target: .max, max: .max, baseFeeUpdateFraction: 0).nextExcess(
                used: .max, excess: .max, baseFeePerGas: nil) == 0)
    }

    @Test("With blobs priced below their share of execution the excess falls by less (EIP-7918)")
    func reserve() {
        // 14 blobs are the target, 21 the most: a third of what was used stays.
        let used: Gas = 6 << 17
        #expect(BlobSchedule.bpo2.nextExcess(used: used, excess: 40 << 17, baseFeePerGas: .gwei(1)) == 40 << 17 + used * 7 / 21)
        #expect(BlobSchedule.bpo2.nextExcess(used: used, excess: 40 << 17, baseFeePerGas: nil) == 32 << 17)
    }
}
