import EthChain
import EthCodec
import EthEVM
import EthPrimitives
import EthRPC
import EthTransactions

extension SimulationReport {
    /// The same for programs: gas, numbers and times as JSON integers, money in wei as decimal text.
    func json(_ names: TraceRenderer) -> JSON {
        var members =
            JSON.object([
                "block": .object([
                    "number": .integer(block.number), "hash": .string(block.hash.description),
                    "timestamp": .integer(block.timestamp),
                ]),
                "environment": .object([
                    "chainId": .integer(environment.chainID.rawValue), "fork": .string(environment.fork.name),
                    "forkSource": .string(forkSource.rawValue), "number": .integer(environment.number),
                    "timestamp": .integer(environment.timestamp), "gasLimit": .integer(environment.gasLimit),
                    "feeRecipient": .string(environment.feeRecipient.description),
                    "baseFeePerGas": .string(environment.baseFeePerGas.rawValue.description),
                ]),
                "transaction": .object([
                    "from": .string(transaction.sender.description),
                    "to": transaction.recipient.map { .string($0.description) } ?? .null,
                    "value": .string(transaction.value.rawValue.description), "data": .string(Hex.encode(transaction.data)),
                    "gas": .integer(transaction.gasLimit),
                ]),
            ]).members ?? []
        func add(_ name: String, _ value: JSON?) { if let value { members.append(.init(name, value)) } }
        add("missingPrecompile", missingPrecompile.map { .string($0.description) })
        add("result", result.map { json($0, names) })
        add("accessList", listJSON)
        add("limits", limits.map { json($0, names) })
        add("node", (opinion?.node ?? nodeAlone).map(json))
        add("secondOpinion", opinionJSON)
        add("mined", minedJSON)
        add("requests", rehearsed.map { .integer($0.requests) })
        add("changes", changesJSON)
        add("trace", result?.result.trace.map { names.json($0, starved: limits?.starved ?? []) })
        return .object(members)
    }

    private func json(_ transaction: RehearsedTransaction, _ names: TraceRenderer) -> JSON {
        let result = transaction.result
        let reason = transaction.revertReason == nil ? nil : JSON.string(names.reason(result.output))
        return .object([
            "status": .integer(result.succeeded ? 1 : 0), "outcome": .string(result.outcome.name), "reason": reason,
            "gasUsed": .integer(result.gasUsed), "gasRefunded": .integer(result.gasRefunded),
            "gasSpent": .integer(result.gasSpent), "output": .string(Hex.encode(result.output)),
            "createdAddress": result.createdAddress.map { .string($0.description) },
            "logs": .array(result.logs.map { names.json($0) }),
        ])
    }

    private var listJSON: JSON? {
        guard let result, let announced, let saved else { return nil }
        return .object(["list": result.accessList.json, "gasUsed": .integer(announced), "saved": .integer(saved)])
    }

    private func json(_ limits: SmallestLimits, _ names: TraceRenderer) -> JSON {
        let starved = limits.starved.map { call in
            JSON.object([
                "path": .array(call.path.map { .integer($0) }), "call": .string(names.title(call)),
                "target": .string(call.target.description), "selector": call.selector.map { .string($0.description) },
                "argument": call.argument.map { .string($0.description) }, "gas": .integer(call.gasGiven),
                "gasWanted": .integer(call.gasWanted), "outcome": .string(call.outcome.name),
            ])
        }
        return .object([
            "succeeding": limits.succeeding.map { .integer($0) } ?? .null,
            "allEffects": limits.allEffects.map { .integer($0) } ?? .null,
            "starved": .array(starved), "isMonotone": .bool(limits.isMonotone), "executions": .integer(limits.executions),
        ])
    }

    private func json(_ node: NodeOpinion) -> JSON {
        .object([
            "method": .string(node.method.rawValue), "succeeded": .bool(node.succeeded), "gas": node.gas.map { .integer($0) },
            "failure": node.failure.map { .string($0) },
        ])
    }

    private var opinionJSON: JSON? {
        if let silence {
            let reasons = silence.reasons.sorted { $0.key.rawValue < $1.key.rawValue }
            return .object(["refusals": .object(reasons.map { .init($0.key.rawValue, .string("\($0.value)")) })])
        }
        guard let opinion else { return nil }
        let difference: JSON? =
            switch opinion.difference {
            case nil: nil
            case .status: "status"
            case .gas(let distance): .integer(distance)
            }
        return .object([
            "agrees": .bool(opinion.agrees), "difference": difference, "limit": .integer(opinion.limit),
            "largerLimit": .integer(opinion.largerLimit), "starves": opinion.starves && limits != nil ? true : nil,
        ])
    }

    private var minedJSON: JSON? {
        guard let mined else { return nil }
        return .object([
            "hash": .string(mined.hash.description), "gasUsed": .integer(mined.receipt.gasUsed),
            "status": .integer(mined.receipt.succeeded ? 1 : 0), "before": .integer(mined.before.count),
            "replayed": .integer(replayed), "differences": .array(differencesFromMined.map { .string($0) }),
        ])
    }

    /// Accounts and slots that are not what they were, those before a mined transaction included.
    private var changesJSON: JSON? {
        guard let changes = rehearsed?.changes.accounts else { return nil }
        let members = changes.sorted { $0.key < $1.key }.map { address, change in
            let slots = change.storage.sorted { $0.key < $1.key }.map { slot, value in
                JSON.Member(slot.bigEndianBytes.description, .string(value.bigEndianBytes.description))
            }
            let account = change.account.map { account in
                JSON.object([
                    "nonce": .integer(account.nonce), "balance": .string(account.balance.rawValue.description),
                    "codeHash": .string(account.code.hash.description),
                ])
            }
            return JSON.Member(
                address.description,
                .object([
                    "account": account ?? .null, "storage": .object(slots), "clearsStorage": change.clearsStorage ? true : nil,
                ]))
        }
        return .object(members)
    }
}
