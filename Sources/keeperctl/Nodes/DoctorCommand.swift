import ArgumentParser
import EthCodec
import EthPrimitives
import EthRPC
import EthTransports
import KeeperApp

/// `doctor`: nodes side by side.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at nodes: what each can do, how it fares, and where they disagree.",
        discussion: """
            keeperctl doctor -r own=http://127.0.0.1:8545 -r hosted=https://…
            keeperctl doctor --config poker.yaml --read '0x6B17…1d0F balanceOf(address) 0x197E…'

            All nodes are asked at once, each of them one request after the other. State is compared at one block hash, a little \
            below the lowest head. Each problem is one line that begins with ! and names the node; - begins a remark. URLs and \
            headers are not printed.

            Exit codes: 0 no problem; 65 nodes disagree; 78 another chain, or something that keepers need is missing; 69 a node \
            gives no usable answer; 75 a node lags, is syncing or throttles. The first of these that applies.
            """)

    @Option(
        name: [.customShort("r"), .customLong("rpc-url")],
        help: ArgumentHelp(
            "A node's URL, may be given several times; @FILE reads it from a file. [$ETH_RPC_URL]", valueName: "name=url"))
    var urls: [String] = []

    @Option(help: ArgumentHelp("A keeper's configuration: its nodes and its chain.", valueName: "path"), completion: .file())
    var config: String?

    @Option(help: "The chain that the nodes should be on. (default: the one that most of them are on)")
    var chainID: UInt64?

    @Option(
        help: ArgumentHelp(
            """
            A read that all should answer alike, may be given several times: ADDRESS:SLOT, ADDRESS SIGNATURE VALUE…, ADDRESS, or \
            METHOD PARAM… without the block.
            """, valueName: "read"))
    var read: [String] = []

    @OptionGroup var extent: DoctorOptions
    @OptionGroup var exchange: ExchangeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var (nodes, settings) = try configured()
        nodes += try named(settings.timeout)
        guard !nodes.isEmpty else { throw ValidationError("Expected a node: --rpc-url, --config or ETH_RPC_URL.") }
        if let twice = nodes.first(where: { one in nodes.count { $0.label == one.label } > 1 }) {
            throw ValidationError("Two nodes have the name \(twice.label).")
        }
        for text in read { settings.reads += try ReadText(text).reads }
        let report = try await Doctor(nodes, settings).examine()
        Terminal.print(output.json ? report.json.description : report.text)
        if report.exitCode != .done { throw ExitCode(report.exitCode.rawValue) }
    }

    private func configured() throws -> ([DoctorNode], DoctorSettings) {
        var (nodes, settings): ([DoctorNode], DoctorSettings) = ([], DoctorSettings())
        if let config {
            let configuration = try DoctorConfiguration(file: config)
            (nodes, settings) = (configuration.nodes, configuration.settings)
        } else {
            settings.timeout = try exchange.timeout(.seconds(10))
        }
        extent.apply(to: &settings)
        if let chainID { settings.chainID = ChainID(chainID) }
        return (nodes, settings)
    }

    /// Nodes of the command line; that of the environment where neither it nor a configuration names one.
    private func named(_ timeout: Duration) throws -> [DoctorNode] {
        var texts = urls
        if texts.isEmpty, config == nil, let url = NodeVariable.value("ETH_RPC_URL") { texts = [url] }
        let headers = try exchange.pairs()
        guard headers.isEmpty || texts.count <= 1 else {
            throw ValidationError("--rpc-headers would go to every node: use --config, where each has its own.")
        }
        return try texts.enumerated().map { index, text in
            let place = try NamedURL(text, number: index + 1)
            do throws(RPCError) {
                return DoctorNode(try Endpoint(label: place.label, url: place.url, headers: headers), timeout: timeout)
            } catch {
                return DoctorNode(place.label, unusable: error.message)
            }
        }
    }
}
