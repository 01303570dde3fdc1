import ArgumentParser
import EthCodec
import EthRPC
import EthTransports
import KeeperApp

/// `rpc`: one request to a node, its result as it came.
struct RPCCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rpc",
        abstract: "Send one JSON-RPC request to a node and print its result.",
        discussion: """
            keeperctl rpc eth_getBlockByNumber latest false
            keeperctl rpc eth_call '{"to": "0x…", "data": "0x…"}' latest
            keeperctl rpc eth_getLogs --raw '[{"blockHash": "0x…"}]'

            A parameter is JSON, or a word that stands for a string, such as latest or 0x10; @FILE reads one from a file, - from \
            standard input. The request is sent once and never repeated. URLs and headers are not printed.
            """)

    @Argument(help: "The method, such as eth_blockNumber.")
    var method: String

    @Argument(help: "The parameters, in their order.")
    var params: [String] = []

    @Flag(help: "PARAMS is the whole array of parameters; without one it is read from standard input.")
    var raw = false

    @OptionGroup var node: SingleNodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = RPCRequest(method: method, params: try RequestParameters(params, raw: raw).values)
        // As in cast.
        let timeout = try node.exchange.timeout(.seconds(45))
        do {
            let transport = try node.endpoint().transport(timeout: timeout)
            guard let response = try await transport.send([request]).first else {
                throw RPCError(.wrongID, "expected a response, got none")
            }
            output.show(try response.result())
        } catch let error as RPCError {
            throw RequestFailure(error, of: request)
        }
    }
}
