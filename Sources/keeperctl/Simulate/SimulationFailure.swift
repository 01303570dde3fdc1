import EthChain
import EthEVM
import EthPrimitives
import KeeperApp

/// Why there is no result of a simulation: what happened, and where it helps a second line on what to do about it.
struct SimulationFailure: ExitCodeProviding, CustomStringConvertible {
    let exitCode: KeeperExitCode
    let description: String

    private init(_ exitCode: KeeperExitCode, _ text: String, advice: String? = nil) {
        self.exitCode = exitCode
        description = text + (advice.map { "\nadvice: \($0)" } ?? "")
    }

    static func badData(_ text: String, advice: String? = nil) -> Self { Self(.badData, text, advice: advice) }

    init(_ error: SimulatorError) {
        let text = "\(error)"
        switch error {
        case .needsNode:
            self.init(
                .nodeUnreachable, text, advice: "Use a node that offers eth_simulateV1, eth_estimateGas or debug_traceCall.")
        case .invalidTransaction(_, let reason):
            switch reason {
            case .gasLimitTooLow: self.init(.badData, text)
            default: self.init(.badData, text, advice: "--lenient leaves out what a block demands of a signed transaction.")
            }
        case .machine, .movedPrecompile: self.init(.badData, text)
        case .fork(let error): self.init(error)
        case .tooManyRequests:
            self.init(
                .nodeUnreachable, text, advice: "What it reads depends on what it read before, too often: is it the right call?")
        case .noTransaction: self.init(.ourBug, text)
        }
    }

    init(_ error: ForkError) { self.init(.configuration, "\(error)", advice: "Say it with --fork, such as --fork Prague.") }
}
