import EthCodec
import EthPrimitives
import EthRPC

/// `eth_simulateV1`.
extension LocalMethods {
    private static let names: Set = ["blockStateCalls", "traceTransfers", "validation", "returnFullTransactions"]
    private static let stepNames: Set = ["blockOverrides", "stateOverrides", "calls"]
    private static let mostBlocks = 256

    func simulate(_ parameters: Parameters) throws(RPCError) -> JSON {
        let reader = parameters[0]
        try reader.requireObject("ethapi.simOpts", names: Self.names)
        func flag(_ name: String) -> Bool { reader.json[name]?.bool ?? false }
        if flag("traceTransfers") {
            // A trace does not tell where among the logs of a frame a transfer was.
            throw NodeAnswer.failure("traceTransfers is not supported by this node", code: -32_602)
        }
        let stated = reader.json["blockStateCalls"]?.array ?? []
        if stated.isEmpty { throw NodeAnswer.failure("empty input", code: -32_602) }
        if stated.count > Self.mostBlocks { throw NodeAnswer.failure("too many blocks", code: -38_026) }
        let (block, state) = try state(parameters, 1)
        var steps: [SimulatedStep] = []
        for json in stated { steps.append(try step(ParameterReader(json: json, index: 0))) }
        var simulation = BlockSimulation(
            core, on: block, state, validates: flag("validation"), full: flag("returnFullTransactions"))
        return .array(try simulation.run(BlockOrder.filled(steps, after: block)).map(\.json))
    }

    private func step(_ reader: ParameterReader) throws(RPCError) -> SimulatedStep {
        try reader.requireObject("ethapi.simBlock", names: Self.stepNames)
        var step = SimulatedStep()
        if let overrides = reader.member("blockOverrides", of: "simBlock") { step.overrides = try overrides.blockOverrides() }
        if let accounts = reader.member("stateOverrides", of: "simBlock") { step.accounts = try accounts.stateOverrides() }
        for call in try reader.member("calls", of: "simBlock")?.elements() ?? [] {
            step.calls.append(try CallArguments(ParameterReader(json: call.json, index: 0), core.rules.chainID))
        }
        return step
    }
}
