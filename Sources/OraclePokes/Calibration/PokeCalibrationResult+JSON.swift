internal import EthCodec
import EthPrimitives

extension PokeCalibrationResult {
    /// For machines.
    var json: JSON {
        .object([
            "pokes": .integer(pokes.count), "unusable": .array(unusable.map(Self.json)), "check": Self.json(before),
            "fit": fitJSON, "afterFit": Self.json(after),
            "configuration": yaml.map { .string($0.joined(separator: "\n")) } ?? .null,
        ])
    }

    private static func json(_ poke: PokeReceipts.Unusable) -> JSON {
        .object([
            "recording": .string(poke.recording), "block": .integer(poke.block),
            "transaction": .string(poke.transaction.description),
            "why": .string(poke.why.rawValue), "reason": .string(poke.why.reason),
        ])
    }

    private static func json(_ check: GasCheck) -> JSON {
        .object([
            "exact": .integer(check.exact), "within1Percent": .integer(check.close), "worse": .integer(check.worse),
            "worst": check.worst.map {
                .object([
                    "recording": .string($0.recording), "block": .integer($0.block),
                    "transaction": .string($0.transaction.description), "branch": .string($0.branch),
                    "measured": .integer($0.gasUsed),
                ])
            } ?? .null,
            "branches": .array(
                check.branches.map { branch in
                    .object([
                        "branch": .string(branch.title), "receipts": .integer(branch.receipts), "model": .integer(branch.model),
                        "least": .integer(branch.least), "most": .integer(branch.most), "difference": .integer(branch.difference),
                    ])
                }),
        ])
    }

    private var fitJSON: JSON {
        func names(_ parameters: [PokeGasParameter]) -> JSON { .array(parameters.map { .string($0.rawValue) }) }
        let values = fit.values.map { value in
            JSON.object([
                "parameter": .string(value.parameter.rawValue), "model": .integer(value.before), "fitted": .integer(value.fitted),
                "onlyTogetherWith": names(value.along),
                "decidedByBranch": value.decisive.map { .string($0.branch) } ?? .null,
                "decidedByReceipts": value.decisive.map { .integer($0.receipts) } ?? .null,
            ])
        }
        return .object([
            "values": .array(values), "notToldApart": names(fit.undetermined), "unseen": names(fit.unseen),
            "refused": names(fit.refused),
        ])
    }
}
