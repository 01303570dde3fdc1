import ArgumentParser
import EthCodec
import EthRPC
import EthTransports
import KeeperApp

/// `simulate`: a transaction executed in our own machine, on the state that a node has.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Execute a call or a transaction in memory on a node's state, now or at a time to come.",
        discussion: """
            keeperctl simulate --to 0x… --call 'poke()' --time +12 --limits
            keeperctl simulate --to 0x… --call 'poke(bytes32 ilk)' 0x4554482d41… --abi spotter.json --label 0x…=PIP_ETH
            keeperctl simulate --tx 0x02f8…
            keeperctl simulate --hash 0x…

            The node is only asked for state at one block; it needs no method for simulations. What it says with one of its own \
            stands beside the result with --second-opinion. Nothing is sent. URLs and headers are not printed.

            A call runs in the block after --block, 12 seconds later, as in eth_simulateV1; --time, --number and --base-fee say \
            otherwise. A transaction that was mined runs in its own block, behind those before it.

            Exit codes: 0 there is a result, also one that failed; 64 usage; 65 the input is wrong, the transaction could stand \
            in no block, or a second opinion or what was mined differs; 69 the node gives no usable answer; 78 the rules of the \
            chain are not known: --fork.
            """)

    @OptionGroup(title: "What") var subject: SubjectOptions
    @OptionGroup(title: "Where") var place: PlaceOptions
    @OptionGroup(title: "Report") var extent: ReportOptions
    @OptionGroup(title: "Node") var node: SingleNodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let what = try subject.subject()
        let place = try place.place(for: what)
        let names = try extent.names(adding: subject)
        // As in cast.
        let timeout = try node.exchange.timeout(.seconds(45))
        do {
            let transport = BatchSplittingTransport(try node.endpoint().transport(timeout: timeout))
            let run = SimulationRun(Provider(transport), place, findsLimits: extent.limits, asksNode: extent.secondOpinion)
            let report = try await run.report(on: what)
            Terminal.print(output.json ? report.json(names).description : report.text(names))
            if report.differs { throw ExitCode(KeeperExitCode.badData.rawValue) }
        } catch let error as RPCError {
            throw RequestFailure(error, of: RPCRequest(method: error.method ?? "a batch of reads"))
        }
    }
}
