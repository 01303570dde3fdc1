public import EthPrimitives
public import EthRPC
public import KeeperCore

/// Checks the gas model against receipts, and fits it to them.
public struct PokeCalibration<Snapshot: PokeSnapshot>: Calibration {
    private let model: PokeGasModel
    private var receipts: PokeReceipts

    /// - Parameter ownAddress: the keeper's account, whose calls of Multicall3 are known to call nothing else.
    public init(_ contracts: PokeContracts, model: PokeGasModel, ownAddress: Address?) {
        self.model = model
        receipts = PokeReceipts(contracts, ownAddress: ownAddress)
    }

    public mutating func begin(_ recording: String) { receipts.begin(recording) }

    public mutating func take(_ snapshot: Snapshot, at head: BlockHeader, evidence: [BlockEvidence]) {
        receipts.take(snapshot.facts, at: head, evidence: evidence)
    }

    public var report: CalibrationReport {
        let result = PokeCalibrationResult(receipts.pokes, receipts.unusable, model)
        return CalibrationReport(json: result.json, text: result.text, problem: result.problem)
    }
}

/// What a calibration found.
struct PokeCalibrationResult {
    let pokes: [MeasuredPoke]
    let unusable: [PokeReceipts.Unusable]
    let before: GasCheck
    let fit: GasFit
    let after: GasCheck

    init(_ pokes: [MeasuredPoke], _ unusable: [PokeReceipts.Unusable], _ model: PokeGasModel) {
        self.pokes = pokes
        self.unusable = unusable
        before = GasCheck(pokes, model)
        fit = GasFit(pokes, from: model)
        after = GasCheck(pokes, fit.model)
    }

    var problem: String? {
        guard pokes.isEmpty else { return nil }
        return unusable.isEmpty
            ? "the recordings hold no receipt of a poke" : "none of the \(unusable.count) receipts can be used: \(reasons)"
    }

    private var reasons: String {
        UnusablePoke.allCases.filter { why in unusable.contains { $0.why == why } }.map(\.reason).joined(separator: "; ")
    }

    /// What the fit changes, as the configuration has it; `nil` if nothing.
    var yaml: [String]? {
        let changed = fit.values.filter { $0.fitted != $0.before }
        guard !changed.isEmpty else { return nil }
        return ["poker:", "  gas:"] + changed.map { "    \($0.parameter.rawValue): \($0.fitted)" }
    }
}
