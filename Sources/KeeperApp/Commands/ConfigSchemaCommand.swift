internal import EthCodec
import ArgumentParser

/// `config schema`: what a configuration may hold.
struct ConfigSchemaCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "schema", abstract: "Print a JSON Schema of the configuration, for editors.",
            discussion:
                "Draft 2020-12. An editor finds it by a first line such as: # yaml-language-server: $schema=\(P.name).schema.json"
        )
    }

    @Flag(help: "For a file that others complete: one that is included, or one of several. Nothing is required in it.")
    var part = false

    func run() async throws {
        Terminal.print(
            PrettyJSON.text(
                ConfigSchema(root: try ConfigSurvey<P>().root, title: "Configuration of \(P.name)", isPart: part).json))
    }
}
