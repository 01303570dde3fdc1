internal import EthCodec
import EthPrimitives
import EthRPC
import KeeperAlerts
import KeeperCore
import KeeperOps
import KeeperTransactions

extension KeeperMonitor {
    /// How the keeper stands, for `status` and for whoever asks the operations endpoint. Amounts in wei, times in unix seconds.
    var statusReport: JSON {
        let (state, parts, readiness) = (snapshot, parts, readiness)
        var members: [JSON.Member] = [
            .init("program", .string(identity.program)), .init("name", .string(identity.name)),
            .init("mode", .string(identity.mode)), .init("version", .string(identity.version)),
            .init("startedAt", .integer(identity.startedAt)), .init("time", .integer(wall)),
            .init("ready", .bool(readiness.isFine)), .init("readiness", .string(readiness.text)),
            .init("work", .array(state.work.map(Self.report))),
            .init("alerts", .array(desk.open.sorted { $0.severity > $1.severity }.map(Self.report))),
        ]
        if let head = state.head {
            members.append(
                .init(
                    "head",
                    .object([
                        "number": .integer(head.number), "hash": .string("\(head.hash)"), "timestamp": .integer(head.timestamp),
                    ])))
        }
        if let parts {
            members.append(.init("nodes", .array(parts.nodes.report.map(Self.report))))
            members.append(.init("calls", .integer(parts.meter.metrics.exchanges)))
            members.append(.init("account", Self.report(parts.manager, at: time(of: state))))
        }
        return .object(members)
    }

    private static func report(_ work: Work) -> JSON {
        .object([
            "task": .string(work.task), "dueSince": work.dueSince.map { .integer($0) }, "excuse": work.excuse.map { .string($0) },
            "doneEpoch": work.doneEpoch.map { .integer($0) },
        ])
    }

    private static func report(_ alert: AlertNotice) -> JSON {
        .object([
            "key": .string(alert.key), "kind": .string(alert.kind.rawValue), "severity": .string(alert.severity.rawValue),
            "text": .string(alert.summary), "since": .integer(alert.since), "runbook": .string(alert.runbook),
        ])
    }

    private static func report(_ node: EndpointReport) -> JSON {
        .object([
            "name": .string(node.label), "problem": node.problem.map { .string($0) },
            "head": node.head.map { .integer($0.number) }, "lag": .integer(node.lag),
            "latencyP95Milliseconds": node.latencyP95.map {
                .integer(UInt64($0.components.seconds) * 1000 + UInt64($0.components.attoseconds / 1_000_000_000_000_000))
            },
        ])
    }

    private static func report(_ manager: TransactionManager, at now: UInt64) -> JSON {
        let status = manager.status
        return .object([
            "address": .string("\(manager.configuration.account)"),
            "balanceWei": status.balance.map { .string("\($0.rawValue)") },
            "spentDayWei": .string("\(status.state.spent(at: now).rawValue)"),
            "inFlight": .integer(UInt64(status.state.bindings.count)),
            "pausedUntil": status.state.pausedUntil > now ? .integer(status.state.pausedUntil) : nil,
        ])
    }
}
