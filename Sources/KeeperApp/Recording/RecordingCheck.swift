import EthRPC
import KeeperCore

/// Whether a recording is one that this configuration would have made: its keeper is shown recorded heads and has to ask what was
/// asked then, no more and no less.
struct RecordingCheck<P: KeeperProgram> {
    let wiring: Wiring<P>
    let path: String

    /// - Parameter first: the first head of the range.
    /// - Throws: `RecordingRefusal` naming the block where it asks something else.
    func check(_ continuation: CassetteContinuation, _ first: BlockHeader) async throws {
        if let hash = continuation.heads.first?.label.hash, hash != first.hash {
            throw RecordingRefusal.otherFile("\(path): it begins with block \(hash), the range with \(first.hash)")
        }
        let setup = try continuation.setup.cassette()
        for head in continuation.heads {
            let cassette = try head.cassette()
            guard let header = cassette.heads.first(where: { $0.hash == head.label.hash }) else {
                throw refusal(head, "its header is not recorded")
            }
            do {
                let keeper = try await wiring.keeper(sender: nil, at: first, through: Provider(ReplayingTransport(setup)))
                let recording = RecordingTransport(ReplayingTransport(cassette))
                let asked = try await recording.collecting {
                    try await RecordingScope.$head.withValue(header) {
                        _ = try await keeper.observe(header, through: Provider(recording))
                    }
                }.exchanges.flatMap(\.batch).map { CanonicalRequest($0) }
                let more = try head.requests().subtracting(asked)
                if let one = more.min(by: { $0.description < $1.description }) {
                    throw refusal(head, "\(one.description.prefix(200)) is not asked any more")
                }
            } catch let error as RPCError where error.code == .noRecordedAnswer {
                throw refusal(head, error.message)
            }
        }
    }

    private func refusal(_ head: CassetteHead, _ why: String) -> RecordingRefusal {
        let block = head.label.block.map { "block \($0)" } ?? "a head"
        return .otherFile("\(path): it was recorded with another configuration: at \(block) \(why)")
    }
}
