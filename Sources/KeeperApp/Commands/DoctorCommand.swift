import ArgumentParser
import EthCodec
import EthRPC

/// `doctor`: looks at the configuration, at its nodes, and at what the keeper would do by each of them.
struct DoctorCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "doctor",
            abstract: "Check the configuration and its nodes: where they disagree, and whether the decision would differ.",
            discussion: """
                Observes one block on every node, decides on what each of them says, and sends nothing. Each problem is one line \
                that begins with ! and names the node; - begins a remark. URLs, headers and the key are not shown.

                Exit codes: 0 no problem; 65 nodes disagree; 78 the configuration, another chain, the key, or no funds; 69 a node \
                gives no usable answer; 75 a node lags, or too few agree. The first of these that applies.
                """)
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var node: NodeOptions
    @OptionGroup var extent: DoctorOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        var loader = options.loader()
        node.apply(to: &loader)
        let wiring = try Wiring<P>(loader)
        guard !wiring.common.nodes.endpoints.isEmpty else {
            throw ConfigError("rpc.endpoints", "expected an endpoint: set it in the file, by ETH_RPC_URL or by --rpc-url")
        }
        var configuration = DoctorConfiguration(wiring.common)
        extent.apply(to: &configuration.settings)
        var report = try await Doctor(configuration.nodes, configuration.settings).examine()
        try await KeeperExamination(wiring: wiring, nodes: configuration.nodes).complete(&report)
        Terminal.print(json ? report.json.sortedText : report.text)
        if report.exitCode != .done { throw ExitCode(report.exitCode.rawValue) }
    }
}
