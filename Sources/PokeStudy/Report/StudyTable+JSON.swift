import OraclePokes
public import EthCodec
import EthPrimitives

extension StudyTable {
    /// The same for machines; the printer sorts the keys. Wei are strings, for they exceed 2⁵³; slots are in the CSV.
    public var json: JSON {
        .object([
            "study": .string(result.name), "source": .string(result.source), "start": .integer(result.period.lowerBound),
            "end": .integer(result.period.upperBound), "slotLength": .integer(result.slotLength),
            "oracles": .array(result.oracles.map { .string($0) }), "ilks": .array(result.ilks.map { .string($0) }),
            "feesNow": .string(result.feesNow.rawValue.description),
            "baseline": figures.first.map { .string($0.name) } ?? .null,
            "strategies": .array(zip(figures, result.strategies).map { figures, strategy in json(figures, strategy.digest) }),
        ])
    }

    private func json(_ figures: StrategyFigures, _ digest: String) -> JSON {
        .object([
            "name": .string(figures.name), "slots": .integer(figures.slots), "pokes": .integer(figures.pokes),
            "failed": .integer(figures.failed), "starved": .integer(figures.starved),
            "lostRaces": .integer(figures.lostRaces), "lateSlots": .integer(figures.late),
            "gas": .integer(figures.cost.gas), "wei": .string(String(figures.cost.wei)),
            "stalenessMaximum": .integer(figures.staleness.maximum),
            "stalenessMeanMilliseconds": .integer(figures.staleness.meanMilliseconds),
            "decisionDigest": .string(digest), "saved": figures.isBaseline ? nil : saved(figures),
        ])
    }

    private func saved(_ figures: StrategyFigures) -> JSON {
        .object([
            "gas": .integer(figures.saved.gas), "wei": .string(String(figures.saved.wei)),
            "weiAtFeesNow": .string(String(figures.saved(at: result.feesNow))), "exact": .bool(figures.isExact),
            "causes": .array(
                figures.parts.map { part in
                    .object([
                        "letter": .string(String(part.cause.letter)), "code": .string(part.cause.rawValue),
                        "cause": .string(part.cause.title),
                        "gas": .integer(part.saving.gas), "wei": .string(String(part.saving.wei)), "slots": .integer(part.slots),
                    ])
                }),
        ])
    }
}
