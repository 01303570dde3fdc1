internal import EthCodec
import ArgumentParser
import EthPrimitives
import EthRPC

/// `config`: looks at a configuration without touching a node.
struct ConfigCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "config", abstract: "Look at a configuration.",
            subcommands: [ConfigCheckCommand<P>.self, ConfigShowCommand<P>.self, ConfigSchemaCommand<P>.self])
    }
}

/// `config check`: reads and checks a configuration.
struct ConfigCheckCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "check", abstract: "Read and check a configuration; goes to no node and reads no key.")
    }

    @OptionGroup var options: ConfigOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let wiring = try Wiring<P>(options.loader())
        let signer = wiring.common.signer
        for exposure in signer.map(SignerExposure.all) ?? [] { Terminal.note("note: \(exposure.text): \(exposure.advice)") }
        let tail = signer.map { ", \($0.description)" } ?? ", no signer"
        Terminal.print(
            json
                ? JSON.object([
                    "name": .string(wiring.common.name), "chainId": .integer(wiring.common.chainID.rawValue), "ok": true,
                    "signer": signer.map { .string($0.description) },
                ]).sortedText
                : "\(options.config.joined(separator: ", ")): ok, \(wiring.common.name) on chain \(wiring.common.chainID)\(tail)")
    }
}
