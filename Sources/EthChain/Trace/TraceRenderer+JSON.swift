public import EthCodec
public import EthEVM
internal import EthPrimitives

extension TraceRenderer {
    /// The tree for programs: everything, whatever the extent; gas as numbers, money in wei as decimal text, the rest as hexadecimal. The
    /// same trace gives the same text.
    /// - Parameter starved: calls to be marked, of `SmallestLimits`.
    public func json(_ trace: FrameTrace, starved: [StarvedCall] = []) -> JSON {
        json(trace, path: [], Set(starved.map(\.path)))
    }

    private func json(_ frame: FrameTrace, path: [Int], _ starved: Set<[Int]>) -> JSON {
        let label = words.labels[frame.to].map { JSON.string($0) }
        let isCall = frame.kind != .create && frame.kind != .create2 && frame.kind != .selfDestruct
        var members =
            JSON.object([
                "type": .string(frame.kind.rawValue), "from": .string(frame.from.description),
                "to": .string(frame.to.description),
                "label": label, "call": isCall ? .string(words.call(frame.input)) : nil,
                "value": .string(frame.value.rawValue.description), "input": .string(Hex.encode(frame.input)),
                "gas": .integer(frame.gasGiven), "gasUsed": .integer(frame.gasUsed), "refund": .integer(frame.refund),
                "outcome": .string(frame.outcome.name), "reason": reason(frame).map { .string($0) },
                "starved": starved.contains(path) ? true : nil, "output": .string(Hex.encode(frame.output)),
            ]).members ?? []
        members.append(.init("logs", .array(frame.logs.map(json))))
        members.append(.init("writes", .array(frame.writes.map(json))))
        members.append(
            .init("calls", .array(frame.children.enumerated().map { json($1, path: path + [$0], starved) })))
        return .object(members)
    }

    /// A log as JSON-RPC has it, without its place in the chain.
    public func json(_ log: EVMLog) -> JSON {
        .object([
            "address": .string(log.address.description), "topics": .array(log.topics.map { .string($0.description) }),
            "data": .string(Hex.encode(log.data)),
        ])
    }

    private func json(_ write: FrameTrace.Write) -> JSON {
        .object([
            "address": .string(write.address.description), "slot": .string(write.slot.bigEndianBytes.description),
            "value": .string(write.value.bigEndianBytes.description),
        ])
    }

    private func reason(_ frame: FrameTrace) -> String? {
        switch frame.outcome {
        case .succeeded: nil
        case .reverted: words.reason(frame.output)
        case .halted(let halt): halt.text
        case .refused(let refusal): refusal.text
        }
    }
}

extension FrameOutcome {
    /// One word for programs.
    public var name: String {
        switch self {
        case .succeeded: "succeeded"
        case .reverted: "reverted"
        case .halted(let halt): halt.rawValue
        case .refused(let refusal): refusal.rawValue
        }
    }
}
