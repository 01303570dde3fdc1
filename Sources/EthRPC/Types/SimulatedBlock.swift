public import EthCodec

/// A block of `eth_simulateV1`'s answer.
public struct SimulatedBlock: Sendable, Hashable {
    public var block: Block
    public var calls: [SimulatedCall]

    package init(block: Block, calls: [SimulatedCall]) {
        self.block = block
        self.calls = calls
    }

    public init(_ reader: FieldReader) throws(RPCError) {
        block = try Block(reader)
        calls = []
        for call in try reader.member("calls").elements() { calls.append(try SimulatedCall(call)) }
    }

    /// The members as nodes write them.
    public var json: JSON { .object((block.json.members ?? []) + [.init("calls", .array(calls.map(\.json)))]) }
}
