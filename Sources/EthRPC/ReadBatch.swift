public import EthCodec
public import EthPrimitives

/// A read that was added to a batch and will have a value of type `Value`.
public struct PendingRead<Value: Sendable>: Sendable {
    @usableFromInline let index: Int
    @usableFromInline let query: RPCQuery<Value>

    @usableFromInline
    init(index: Int, query: RPCQuery<Value>) {
        self.index = index
        self.query = query
    }
}

/// Reads of one block, sent as one batch, so that they all see the same state.
///
///     var batch = ReadBatch(at: .hash(head.hash))
///     let slot = batch.call(OSM.ZzzCall(), to: oracle)
///     let answers = try await provider.send(batch)
///     let zzz = try answers.value(of: slot)
public struct ReadBatch: Sendable {
    public let block: BlockReference
    public private(set) var requests: [RPCRequest] = []

    public init(at block: BlockReference) { self.block = block }

    /// Adds a query, about whatever block it names itself.
    @inlinable
    public mutating func add<Value>(_ query: RPCQuery<Value>) -> PendingRead<Value> {
        PendingRead(index: append(query.template), query: query)
    }

    /// Adds a request under the next id, and says where it stands.
    @usableFromInline
    mutating func append(_ request: RPCRequest) -> Int {
        var request = request
        request.id = UInt64(requests.count + 1)
        requests.append(request)
        return requests.count - 1
    }

    /// Adds any request; `decode` reads its result.
    public mutating func add<Value>(
        _ method: String, _ params: [JSON], decode: @escaping @Sendable (FieldReader) throws(RPCError) -> Value
    ) -> PendingRead<Value> { add(RPCQuery(method, params, decode: decode)) }

    /// The header of a block, by hash.
    public mutating func header(_ hash: BlockHash) -> PendingRead<BlockHeader> {
        add(RPCQuery.knownHeader(hash))
    }

    /// One 32-byte word of a contract's storage.
    public mutating func storage(_ address: Address, slot: UInt256) -> PendingRead<B256> {
        add(.storage(of: address, .slot(slot), at: block))
    }

    /// A contract call, decoded to its typed output.
    public mutating func call<Call: ContractCall>(
        _ call: Call, to address: Address, from sender: Address? = nil
    ) -> PendingRead<Call.Output> {
        let request = CallRequest(from: sender, to: address, data: call.callData)
        return add(
            RPCQuery<[UInt8]>.call(request, at: block).map { (output) throws(RPCError) in
                do { return try Call.decodeOutput(output) } catch {
                    throw RPCError(.malformedResult, "\(Call.signature) at \(address): \(error)")
                }
            })
    }

    public mutating func balance(_ address: Address) -> PendingRead<Wei> { add(.balance(of: address, at: block)) }

    public mutating func nonce(_ address: Address) -> PendingRead<Nonce> { add(.nonce(of: address, at: block)) }

    /// The node's gas estimate, at the time and number of `overrides`. An estimate tests the outer call only.
    public mutating func estimateGas(_ call: CallRequest, overrides: BlockOverrides? = nil) -> PendingRead<Gas> {
        add(.estimateGas(call, at: block, overrides: overrides))
    }

    /// Base fees and priority fee percentiles of the `count` blocks up to number `newest`.
    public mutating func feeHistory(count: UInt64, newest: UInt64, percentiles: [Int]) -> PendingRead<FeeHistory> {
        add(.feeHistory(count: count, newest: .number(newest), percentiles: percentiles))
    }
}

/// The answers to a `ReadBatch`.
public struct ReadAnswers: Sendable {
    let responses: [RPCResponse]

    init(responses: [RPCResponse]) { self.responses = responses }

    /// The decoded value; throws the node's error or that of the decoder, naming the method.
    @inlinable
    public func value<Value>(of read: PendingRead<Value>) throws(RPCError) -> Value {
        do throws(RPCError) { return try read.query.decode(try resultBytes(read.index)) } catch {
            throw cleaned(error.named(read.query.template.method), read.index)
        }
    }

    @usableFromInline
    func resultBytes(_ index: Int) throws(RPCError) -> ArraySlice<UInt8> { try responses[index].resultBytes }

    @usableFromInline
    func cleaned(_ error: RPCError, _ index: Int) -> RPCError { responses[index].cleaned(error) }

    /// The decoded value, or `nil` where the node says that the call reverted.
    public func valueUnlessReverted<Value>(of read: PendingRead<Value>) throws(RPCError) -> Value? {
        do { return try value(of: read) } catch {
            if error.isRevert { return nil }
            throw error
        }
    }
}
