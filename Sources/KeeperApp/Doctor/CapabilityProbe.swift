import EthCodec
import EthPrimitives
import EthRPC

/// The one request that shows whether a node can do something, and how its answer is judged.
struct CapabilityProbe: Sendable {
    let request: RPCRequest
    let judge: @Sendable (FieldReader) throws(RPCError) -> Capability.Status

    private init(
        _ method: String, _ params: [JSON],
        _ judge: @escaping @Sendable (FieldReader) throws(RPCError) -> Capability.Status = { (_) throws(RPCError) in .yes }
    ) {
        request = RPCRequest(method: method, params: params)
        self.judge = judge
    }

    /// The probe at a block that the node has; `nil` where one request is not enough.
    init?(_ capability: Capability, at head: BlockHeader) {
        let block = Quantity.encode(head.number)
        let call = JSON.object(["to": .string(Self.nobody), "data": "0x"])
        switch capability {
        case .blockHash:
            self.init("eth_getBalance", [.string(Self.nobody), BlockReference.hash(head.hash).json]) {
                (result) throws(RPCError) in
                _ = try result.quantity()
                return .yes
            }
        case .feeHistory:
            self.init("eth_feeHistory", ["0x2", block, [50]]) { (result) throws(RPCError) in
                _ = try result.member("oldestBlock").quantity()
                return .yes
            }
        case .blockOverrides: self = Self.blockOverrides(head)
        case .stateOverrides:
            let overrides = JSON.object([.init(Self.nobody, .object(["code": .string(Self.answersFortyTwo)]))])
            self.init("eth_call", [call, block, overrides]) { (result) throws(RPCError) in
                // Calls to accounts without code return no bytes at all.
                try result.bytes() == UInt256(42).bigEndianBytes.bytes ? .yes : .no("ignored")
            }
        case .createAccessList: self.init("eth_createAccessList", [call, block])
        case .simulate:
            let simulation = JSON.object(["blockStateCalls": .array([.object(["calls": .array([call])])])])
            self.init("eth_simulateV1", [simulation, block])
        case .traceCall: self.init("debug_traceCall", [call, block, .object(["tracer": "callTracer"])])
        case .proof: self.init("eth_getProof", [.string(Self.nobody), [], block])
        case .configuration: self.init("eth_config", [])
        case .safe: self.init("eth_getBlockByNumber", ["safe", false], Self.block)
        case .finalized: self.init("eth_getBlockByNumber", ["finalized", false], Self.block)
        case .subscribe: return nil
        }
    }

    /// An account that nobody has; its code is overridden, its balance read.
    private static let nobody = "0x00000000000000000000000000000000deadbeef"
    /// PUSH1 42, PUSH1 0, MSTORE, PUSH1 32, PUSH1 0, RETURN.
    private static let answersFortyTwo = "0x602a60005260206000f3"
    /// NUMBER, PUSH1 0, MSTORE, TIMESTAMP, PUSH1 32, MSTORE, PUSH1 64, PUSH1 0, RETURN.
    private static let answersNumberAndTime = "0x436000524260205260406000f3"

    private static let block: @Sendable (FieldReader) throws(RPCError) -> Capability.Status = { (result) throws(RPCError) in
        result.json == .null ? .no("there is none") : .yes
    }

    /// A creation that returns the number and the time that it sees: some nodes take overrides and ignore them.
    private static func blockOverrides(_ head: BlockHeader) -> Self {
        let (number, time) = (head.number + 7, head.timestamp + 84)
        let overrides = JSON.object(["number": Quantity.encode(number), "time": Quantity.encode(time)])
        let params: [JSON] = [
            .object(["data": .string(answersNumberAndTime)]), Quantity.encode(head.number), .object([:]), overrides,
        ]
        return Self("eth_call", params) { (result) throws(RPCError) in
            let seen = try result.bytes()
            let expected = UInt256(number).bigEndianBytes.bytes + UInt256(time).bigEndianBytes.bytes
            return seen == expected ? .yes : .no("ignored")
        }
    }

    /// What an error says about the capability.
    static func status(_ error: RPCError) -> Capability.Status {
        switch error.nodeError?.kind {
        case .methodNotFound, .unsupported: .no("not offered")
        case .unauthorized: .no("not admitted")
        case .invalidParams, .invalidRequest: .no("its parameters are refused")
        case let kind?: .unclear(kind == .unknown ? error.message : kind.rawValue)
        case nil: .unclear(error.message)
        }
    }
}
