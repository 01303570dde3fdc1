import EthEVM
import EthPrimitives
import Foundation

/// Calls on a state in memory: ours against revm behind Python, and py-evm. Nobody keeps what the call did.
enum EVMBench {
    static let samples: [EVMSample] = {
        let contracts = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../Tests/Contracts/build").standardized
        do { return try [PokerWorld(folder: contracts).sample()] + EVMPrograms.samples() } catch {
            preconditionFailure("the samples do not run: \(error)")
        }
    }()

    static func rows() throws -> [Row] {
        samples.map { sample in
            let machine = EVM(sample.environment, reader: sample.state)
            let transaction = sample.transaction
            return Row(
                "evm \(sample.name)",
                [
                    .ours { iterations in
                        for _ in 0..<iterations {
                            machine.reset()
                            let result = try machine.execute(transaction, checks: .call)
                            precondition(result.gasUsed == sample.gasUsed, "another result")
                        }
                    },
                    .python("pyrevm", sample.function + "_pyrevm", .times(1)),
                    .python("py-evm", sample.function + "_pyevm", .times(10)),
                ])
        }
    }
}
