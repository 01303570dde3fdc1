internal import EthCodec

/// An exchange to be written: requests and the responses as they came.
public struct CassetteExchange: Sendable {
    public var batch: [RPCRequest]
    public var responses: [RPCResponse]
    /// The head that it belongs to.
    public var head: BlockHeader?
    /// For people, or one of `CassetteLabel`'s.
    public var note: String?

    public init(_ batch: [RPCRequest], _ responses: [RPCResponse], head: BlockHeader?, note: String? = nil) {
        self.batch = batch
        self.responses = responses
        self.head = head
        self.note = note
    }

    /// The line, without its line feed; nor does it show the secrets of an endpoint whose node repeats them.
    var line: [UInt8] {
        var writer = JSONWriter()
        writer.writeRaw("{".utf8)
        if let head {
            writer.writeRaw("\"block\":\(head.number),\"hash\":\"\(head.hash)\",\"time\":\(head.timestamp),".utf8)
        }
        if let note {
            writer.writeRaw("\"note\":".utf8)
            writer.write(.string(note))
            writer.writeRaw(",".utf8)
        }
        writer.writeRaw("\"request\":".utf8)
        writer.writeRaw(RPCRequest.body(of: batch))
        writer.writeRaw(",\"response\":".utf8)
        if batch.count == 1, let only = responses.first {
            writer.writeRaw(only.kept)
        } else {
            writer.writeRaw("[".utf8)
            for (index, response) in responses.enumerated() {
                if index > 0 { writer.writeRaw(",".utf8) }
                writer.writeRaw(response.kept)
            }
            writer.writeRaw("]".utf8)
        }
        writer.writeRaw("}".utf8)
        // JSON has line breaks between tokens only, where they say nothing.
        let bytes = writer.bytes
        return bytes.contains(0x0A) || bytes.contains(0x0D) ? bytes.filter { $0 != 0x0A && $0 != 0x0D } : bytes
    }

    var label: CassetteLabel {
        CassetteLabel(block: head?.number, hash: head?.hash, time: head?.timestamp, note: note)
    }
}
