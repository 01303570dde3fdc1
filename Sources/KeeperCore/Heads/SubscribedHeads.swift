import EthCodec
public import EthRPC

/// Heads that a node pushes over a subscription. An interruption ends the stream: whoever listens polls meanwhile, and asks again.
public struct SubscribedHeads: HeadSubscribing {
    private let node: any Subscribing

    public init(_ node: any Subscribing) { self.node = node }

    public func heads() -> AsyncThrowingStream<BlockHeader, any Error> {
        let node = node
        return AsyncThrowingStream(bufferingPolicy: .bufferingNewest(64)) { continuation in
            let task = Task {
                do {
                    for try await event in node.subscribe(to: .newHeads) {
                        switch event {
                        case .live: break
                        case .notification(let bytes): continuation.yield(try Self.header(bytes))
                        case .interrupted(let error): throw error
                        }
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private static func header(_ bytes: ArraySlice<UInt8>) throws(RPCError) -> BlockHeader {
        let json: JSON
        do { json = try JSONScanner.parse(bytes) } catch { throw RPCError(.malformedResult, "\(error)") }
        return try BlockHeader(FieldReader(json, path: "result"))
    }
}
