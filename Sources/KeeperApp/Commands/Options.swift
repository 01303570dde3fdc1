import ArgumentParser

/// Flags of every verb that needs a configuration.
struct ConfigOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The configuration file. Of several, a later one wins over those before it.", valueName: "file"),
        completion: .file())
    var config: [String]

    func loader(readsNodeVariables: Bool = true) -> ConfigLoader {
        ConfigLoader(paths: config, readsNodeVariables: readsNodeVariables)
    }
}

/// Flags of verbs that talk to a node.
struct NodeOptions: ParsableArguments {
    @Option(name: [.customShort("r"), .customLong("rpc-url")], help: "The node's URL; replaces rpc.endpoints. [$ETH_RPC_URL]")
    var rpcURL: String?

    @Option(name: .customLong("rpc-timeout"), help: "Time allowed for one exchange, such as 10s. [$ETH_RPC_TIMEOUT]")
    var rpcTimeout: String?

    @Option(name: [.customShort("f"), .customLong("from")], help: "The account that simulations name as sender. [$ETH_FROM]")
    var from: String?

    func apply(to loader: inout ConfigLoader) {
        if let rpcURL { loader.flags.append((["rpc", "endpoints"], rpcURL, "--rpc-url")) }
        if let rpcTimeout { loader.flags.append((["rpc", "timeout"], rpcTimeout, "--rpc-timeout")) }
        if let from { loader.flags.append((["transactions", "from"], from, "--from")) }
    }
}
