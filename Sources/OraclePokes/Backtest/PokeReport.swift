internal import EthCodec
import EthPrimitives
import EthRPC
import KeeperCore

/// The result of a backtest of pokes, for machines and for people.
struct PokeReport {
    let slots: [SlotRecord]
    let settings: PokeBacktestSettings
    let decisions: String

    var report: BacktestReport {
        let ours = StrategyTotals.ours(slots)
        let baseline = StrategyTotals.baseline(slots)
        let savings = Savings(slots, settings.gas)
        let incidents = Incidents(slots, settings.gas)
        let text = PokeReportText(
            slots: slots, settings: settings, decisions: decisions, ours: ours, baseline: baseline, savings: savings,
            incidents: incidents)
        let json = JSON.object([
            "slots": .array(slots.map(Self.json)),
            "totals": totals(ours, savings),
            "baseline": .object(Self.members(of: baseline) + [JSON.Member("name", "hourly-megapoker")]),
            "incidents": Self.json(incidents),
            "decisionDigest": .string(decisions),
        ])
        return BacktestReport(json: json, text: text.rendered)
    }

    private static func json(_ slot: SlotRecord) -> JSON {
        func names(_ list: some Sequence<String>) -> JSON { .array(list.map { .string($0) }) }
        return .object([
            "start": .integer(slot.start), "due": names(slot.due), "invalid": names(slot.invalid),
            "stopped": names(slot.stopped), "pokedBy": .string(slot.pokedBy.rawValue), "starved": names(slot.starved.sorted()),
            "reorgDepth": .integer(slot.reorgDepth), "decision": slot.isPoked ? "poke" : "wait", "reason": .string(slot.reason),
            "gasLimit": slot.gasLimit.map { .integer($0) } ?? .null,
            "gasExpected": slot.gasExpected.map { .integer($0) } ?? .null,
            "pokes": .array(
                slot.own.map { poke in
                    .object([
                        "method": .string(poke.plan.method.rawValue), "time": .integer(poke.time),
                        "gasLimit": .integer(poke.gasLimit),
                        "gasUsed": .integer(poke.gas.used), "oracles": names(poke.plan.oracles), "ilks": names(poke.plan.ilks),
                    ])
                }),
            "late": slot.ownDone.map { .integer($0 - slot.start) } ?? .null,
        ])
    }

    private static func members(of totals: StrategyTotals) -> [JSON.Member] {
        [
            JSON.Member("pokes", .integer(totals.pokes)), JSON.Member("failed", .integer(totals.failed)),
            JSON.Member("starved", .integer(totals.starved)), JSON.Member("gas", .integer(totals.cost.gas)),
            JSON.Member("wei", .string(String(totals.cost.wei))), JSON.Member("lateMean", .integer(totals.lateMean)),
            JSON.Member("lateMax", .integer(totals.lateMax)),
        ]
    }

    private func totals(_ ours: StrategyTotals, _ savings: Savings) -> JSON {
        let reserved = slots.compactMap(\.reserved).reduce(Wei.zero, +)
        let expected = slots.compactMap(\.expectedCost).reduce(Wei.zero, +)
        let causes = SavingCause.allCases.compactMap { cause in
            savings.causes[cause].map { saving in
                JSON.object([
                    "code": .string(cause.rawValue), "cause": .string(cause.title), "gas": .integer(saving.gas),
                    "wei": .string(String(saving.wei)),
                    "slots": .integer(savings.slots[cause] ?? 0),
                ])
            }
        }
        let now = Int128(savings.total.gas) * settings.feesNow.signed
        return .object(
            Self.members(of: ours) + [
                JSON.Member("slots", .integer(slots.count)),
                JSON.Member("reservedWei", .string(reserved.rawValue.description)),
                JSON.Member("expectedWei", .string(expected.rawValue.description)),
                JSON.Member(
                    "saved",
                    .object([
                        "gas": .integer(savings.total.gas), "wei": .string(String(savings.total.wei)), "causes": .array(causes),
                        "weiAtFeesNow": .string(String(now)),
                        "feesNow": .string(settings.feesNow.rawValue.description),
                    ])),
            ])
    }

    private static func json(_ incidents: Incidents) -> JSON {
        .object([
            "estimateBeforeTheHour": .array(
                incidents.rows.map { row in
                    .object([
                        "multiple": .number(row.title), "failed": .integer(row.failed), "starved": .integer(row.starved),
                        "complete": .integer(row.complete),
                    ])
                })
        ])
    }
}
