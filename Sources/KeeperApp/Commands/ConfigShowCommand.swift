internal import EthCodec
import ArgumentParser

/// `config show`: a configuration as it counts.
struct ConfigShowCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: "Print the configuration as it counts: every key, with where its value comes from.",
            discussion: """
                Defaults are filled in. Secrets and the names of files that hold secrets are masked; where nothing is masked, what is \
                printed can be read as a configuration. Goes to no node and reads no secret.
                """)
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var node: NodeOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        var loader = options.loader()
        node.apply(to: &loader)
        let (value, files) = try loader.loaded()
        let root = try ConfigReader(value)
        _ = try Wiring<P>(root, digest: value.decisionDigest())
        let effective = try EffectiveConfiguration(root, files: files)
        Terminal.print(json ? effective.json.sortedText : effective.text)
    }
}
