public import EthRPC

/// A question to a node about a transaction that was not sent, within a batch of other reads.
public struct PendingOpinion: Sendable {
    let method: NodeOpinion.Method
    let read: PendingRead<NodeOpinion>
    let methods: MissingMethods

    /// What the node said; `nil` if it said nothing of use, which is no contradiction. A method that it lacks is learned.
    public func value(_ answers: ReadAnswers) -> NodeOpinion? {
        do throws(RPCError) { return try answers.value(of: read) } catch {
            methods.learn(error, of: method.rawValue)
            return NodeOpinion(error, by: method)
        }
    }
}
