public import EthCodec
public import EthPrimitives

/// The answer of `eth_config` (EIP-7910): the rules of the chain as the node has them, now and next.
public struct NodeConfiguration: Sendable, Hashable {
    /// The rules of one fork.
    public struct Fork: Sendable, Hashable {
        /// How many blobs a block holds (EIP-7840).
        public struct BlobSchedule: Sendable, Hashable {
            public var target: UInt64
            public var max: UInt64
            public var baseFeeUpdateFraction: UInt64

            package init(target: UInt64, max: UInt64, baseFeeUpdateFraction: UInt64) {
                self.target = target
                self.max = max
                self.baseFeeUpdateFraction = baseFeeUpdateFraction
            }
        }

        /// Unix seconds.
        public var activationTime: UInt64
        public var blobSchedule: BlobSchedule?
        public var chainID: ChainID
        /// The fork's hash (EIP-6122).
        public var forkID: FixedBytes<4>
        public var precompiles: [String: Address]
        public var systemContracts: [String: Address]

        package init(
            activationTime: UInt64, blobSchedule: BlobSchedule?, chainID: ChainID, forkID: FixedBytes<4>,
            precompiles: [String: Address], systemContracts: [String: Address]
        ) {
            self.activationTime = activationTime
            self.blobSchedule = blobSchedule
            self.chainID = chainID
            self.forkID = forkID
            self.precompiles = precompiles
            self.systemContracts = systemContracts
        }
    }

    public var current: Fork
    public var next: Fork?
    public var last: Fork?

    package init(current: Fork, next: Fork? = nil, last: Fork? = nil) {
        self.current = current
        self.next = next
        self.last = last
    }

    public init(_ reader: FieldReader) throws(RPCError) {
        current = try Fork(reader.member("current"))
        next = try reader.optional("next").map { (fork) throws(RPCError) in try Fork(fork) }
        last = try reader.optional("last").map { (fork) throws(RPCError) in try Fork(fork) }
    }

    /// The members as nodes write them.
    public var json: JSON { .object(["current": current.json, "next": next?.json ?? .null, "last": last?.json ?? .null]) }
}

extension NodeConfiguration.Fork {
    fileprivate init(_ reader: FieldReader) throws(RPCError) {
        func integer(_ field: FieldReader) throws(RPCError) -> UInt64 {
            guard let value = field.json.uint64 else { throw field.expected("an integer below 2^64") }
            return value
        }
        func addresses(_ field: FieldReader) throws(RPCError) -> [String: Address] {
            guard let members = field.json.members else { throw field.expected("an object") }
            var addresses: [String: Address] = [:]
            for member in members { addresses[member.name] = try field.member(member.name).address() }
            return addresses
        }
        activationTime = try integer(reader.member("activationTime"))
        if let schedule = try reader.optional("blobSchedule") {
            blobSchedule = BlobSchedule(
                target: try integer(schedule.member("target")), max: try integer(schedule.member("max")),
                baseFeeUpdateFraction: try integer(schedule.member("baseFeeUpdateFraction")))
        }
        chainID = ChainID(try reader.member("chainId").uint64())
        let id = try reader.member("forkId")
        guard let forkID = FixedBytes<4>(try id.bytes()) else { throw id.expected("4 bytes") }
        self.forkID = forkID
        precompiles = try addresses(reader.member("precompiles"))
        systemContracts = try addresses(reader.member("systemContracts"))
    }

    fileprivate var json: JSON {
        func addresses(_ addresses: [String: Address]) -> JSON {
            .object(addresses.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value.hex)) })
        }
        let schedule = blobSchedule.map { schedule in
            JSON.object([
                "target": .integer(schedule.target), "max": .integer(schedule.max),
                "baseFeeUpdateFraction": .integer(schedule.baseFeeUpdateFraction),
            ])
        }
        return .object([
            "activationTime": .integer(activationTime), "blobSchedule": schedule ?? .null,
            "chainId": Quantity.encode(chainID.rawValue), "forkId": .string(forkID.description),
            "precompiles": addresses(precompiles), "systemContracts": addresses(systemContracts),
        ])
    }
}
