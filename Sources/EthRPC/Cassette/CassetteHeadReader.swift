/// Reads a recording head by head.
final class CassetteHeadReader {
    /// A head's exchanges, evidence included.
    struct Head {
        var label: CassetteLabel
        var exchanges: [CassetteLine.Exchange]
    }

    private let path: String
    private let reader: CassetteReader
    private var framing = CassetteFraming()
    private var ahead: CassetteLine?
    /// Exchanges that belong to no head, when all was read.
    private(set) var loose: Head?

    var opening: CassetteOpening? { framing.opening }

    init(path: String) throws(CassetteError) {
        self.path = path
        reader = try CassetteReader(path: path)
    }

    /// The next head; `nil` at the end.
    func next() throws(CassetteError) -> Head? {
        guard let first = try line() else { return nil }
        var head = Head(label: first.label, exchanges: first.exchanges)
        while let more = try line() {
            guard more.hash == head.label.hash else {
                ahead = more
                break
            }
            head.exchanges += more.exchanges
        }
        return head
    }

    /// The next line that belongs to a head.
    private func line() throws(CassetteError) -> CassetteLine? {
        if let line = ahead {
            ahead = nil
            return line
        }
        do throws(CassetteError) {
            while let piece = try reader.next() {
                guard case .line(let line) = piece else { continue }
                guard try framing.take(line.bytes, position: line.position) == .exchange else { continue }
                let parsed = try CassetteLine(parsing: line.bytes[...], position: line.position)
                guard parsed.hash == nil || parsed.note == CassetteLabel.setup else { return parsed }
                if loose == nil { loose = Head(label: CassetteLabel(), exchanges: []) }
                loose?.exchanges += parsed.exchanges
            }
            return nil
        } catch {
            throw error.of(path)
        }
    }
}
