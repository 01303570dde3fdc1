/// A byte pipe to a node: sends a batch, returns the responses in the order of the requests. A single call is a batch of one.
///
/// Node errors are values inside the responses; what is thrown (`RPCError`) means that there is no usable answer at all.
public protocol Transport: Sendable {
    func send(_ batch: [RPCRequest]) async throws -> [RPCResponse]
}
