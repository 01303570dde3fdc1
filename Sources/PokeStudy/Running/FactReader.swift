import EthCodec
import EthContracts
import EthEVM
import EthPrimitives
import OraclePokes

/// Reads facts from the contracts in our own machine, by the calls that a keeper makes.
struct FactReader {
    private let scenario: PokeScenario
    private let machine: EVM

    init(_ scenario: PokeScenario) {
        self.scenario = scenario
        let environment = BlockEnvironment(
            chainID: scenario.chainID, fork: scenario.fork, number: 1, timestamp: scenario.steps.first?.time ?? 0)
        machine = EVM(environment, reader: scenario.state)
    }

    /// All that a poke depends on.
    /// - Throws: `ScenarioError` if a contract does not answer.
    var facts: PokeFacts {
        get throws(ScenarioError) {
            var oracles: [OracleFacts] = []
            for oracle in scenario.oracles {
                func slot(_ number: UInt256) -> B256 { word(oracle.address, number).bigEndianBytes }
                oracles.append(
                    OracleFacts(
                        name: oracle.name, address: oracle.address, stopped: slot(1), packed: slot(2), current: slot(3),
                        next: slot(4), sourceReading: try reading(of: oracle)))
            }
            var ilks: [IlkFacts] = []
            for ilk in scenario.ilks {
                guard let id = B256(ascii: ilk.name) else {
                    throw ScenarioError(.contradiction, "\(ilk.name) is no name of a collateral type")
                }
                let feed = try ask(Spotter.IlksCall(id), scenario.contracts.spotter, "the Spotter")
                let debt = try ask(Vat.IlksCall(id), scenario.contracts.vat, "the Vat")
                guard word(scenario.contracts.vat, ilk.spotSlot) == debt.spot else {
                    throw ScenarioError(.contradiction, "spotSlot of \(ilk.name) does not hold its spot \(debt.spot)")
                }
                ilks.append(
                    IlkFacts(
                        name: ilk.name, pip: feed.pip, oracle: ilk.oracle, mat: feed.mat, art: debt.Art, spot: debt.spot,
                        line: debt.line))
            }
            return PokeFacts(
                oracles: oracles, ilks: ilks, par: try ask(Spotter.ParCall(), scenario.contracts.spotter, "the Spotter"))
        }
    }

    private func word(_ account: Address, _ slot: UInt256) -> UInt256 { scenario.state.storage[account]?[slot] ?? .zero }

    private func reading(of oracle: PokeScenario.Oracle) throws(ScenarioError) -> SourceReading {
        guard let output = try run(OSM.PeekCall().callData, oracle.source, from: oracle.address) else { return .reverts }
        let answer = try decode(OSM.PeekCall.self, output, oracle.source, "the source of \(oracle.name)")
        return answer.has ? .valid(UInt256(bigEndian: answer.val)) : .invalid
    }

    private func ask<C: ContractCall>(_ call: C, _ contract: Address, _ name: String) throws(ScenarioError) -> C.Output {
        guard let output = try run(call.callData, contract, from: .zero) else {
            throw ScenarioError(.contradiction, "\(name) at \(contract) reverts when asked for \(C.signature)")
        }
        return try decode(C.self, output, contract, name)
    }

    private func decode<C: ContractCall>(
        _ call: C.Type, _ output: [UInt8], _ contract: Address, _ name: String
    ) throws(ScenarioError) -> C.Output {
        do { return try C.decodeOutput(output) } catch {
            throw ScenarioError(.contradiction, "\(name) at \(contract) answers \(C.signature) with something else: \(error)")
        }
    }

    /// - Returns: what the call returns; `nil` if it reverts.
    private func run(_ data: [UInt8], _ contract: Address, from sender: Address) throws(ScenarioError) -> [UInt8]? {
        machine.reset()
        let call = EVMTransaction(sender: sender, recipient: contract, data: data, gasLimit: 10_000_000)
        do throws(EVMError) {
            let result = try machine.execute(call, checks: .call)
            return result.succeeded ? result.output : nil
        } catch { throw ScenarioError(.contradiction, "\(contract) cannot be called: \(error)") }
    }
}
