public import EthCodec
public import EthPrimitives

/// What became of one call of `eth_simulateV1`.
public struct SimulatedCall: Sendable, Hashable {
    /// Why a call failed, in the node's words.
    public struct Failure: Sendable, Hashable {
        public var code: Int
        public var message: String
        public var data: [UInt8]?

        package init(code: Int, message: String, data: [UInt8]? = nil) {
            self.code = code
            self.message = message
            self.data = data
        }

        /// The failure, understood.
        public var nodeError: NodeError { NodeError(code: code, message: message, data: data) }
    }

    public var succeeded: Bool
    public var returnData: [UInt8]
    public var gasUsed: Gas
    /// The most gas that was in use at a time; nodes that are not of late leave it out.
    public var maxUsedGas: Gas?
    public var logs: [Log]
    public var failure: Failure?

    package init(
        succeeded: Bool, returnData: [UInt8], gasUsed: Gas, maxUsedGas: Gas?, logs: [Log], failure: Failure?
    ) {
        self.succeeded = succeeded
        self.returnData = returnData
        self.gasUsed = gasUsed
        self.maxUsedGas = maxUsedGas
        self.logs = logs
        self.failure = failure
    }

    public init(_ reader: FieldReader) throws(RPCError) {
        let status = try reader.member("status")
        switch try status.uint64() {
        case 0: succeeded = false
        case 1: succeeded = true
        default: throw status.expected("0x0 or 0x1")
        }
        returnData = try reader.member("returnData").bytes()
        gasUsed = try reader.member("gasUsed").uint64()
        maxUsedGas = try reader.optional("maxUsedGas")?.uint64()
        logs = []
        // A call that failed need not have the member.
        for log in try reader.optional("logs")?.elements() ?? [] { logs.append(try Log(log)) }
        if let error = try reader.optional("error") {
            let code = try error.member("code")
            guard case .number(let digits) = code.json, let number = Int(digits) else { throw code.expected("an integer") }
            failure = Failure(
                code: number, message: try error.member("message").text(), data: try error.optional("data")?.bytes())
        }
    }

    /// The members as nodes write them.
    public var json: JSON {
        let error = failure.map { failure in
            JSON.object([
                "code": .integer(failure.code), "message": .string(failure.message),
                "data": failure.data.map { .string(Hex.encode($0)) },
            ])
        }
        return .object([
            "status": succeeded ? "0x1" : "0x0", "returnData": .string(Hex.encode(returnData)),
            "gasUsed": Quantity.encode(gasUsed), "maxUsedGas": maxUsedGas.map(Quantity.encode),
            "logs": .array(logs.map(\.json)), "error": error,
        ])
    }
}
