public import EthCodec
public import EthPrimitives

/// The hash chain of a decision log: each line is JSON with sorted keys and has, as `prev`, the Keccak-256 hash of the line before it,
/// zero in the first. The newest hash stands for all lines.
public struct JournalChain: Sendable, Hashable {
    /// Of the newest line, without its line break; zero before the first.
    public private(set) var digest: B256

    /// - Parameter digest: of the newest line that there is.
    public init(digest: B256 = B256()) { self.digest = digest }

    /// The line of a record, without a line break; `prev` is added.
    public mutating func link(_ record: JSON) -> [UInt8] {
        let members = (record.members ?? []) + [JSON.Member("prev", .string(digest.description))]
        let line = JSONWriter.bytes(of: .object(members), sorted: true)
        digest = Keccak256.hash(line)
        return line
    }

    /// Why a line cannot stand where it is.
    public enum Break: Error, Sendable, Hashable {
        /// It is no line as `link` writes them: no JSON object, with sorted keys, none of them twice, with nothing between them, and with
        /// a `prev`.
        case form
        /// It names another line as the one before it.
        case link
    }

    /// Goes on after a line that is there already.
    /// - Returns: what it says.
    public mutating func read(_ line: [UInt8]) throws(Break) -> JSON {
        defer { digest = Keccak256.hash(line) }
        // Two members of one name would be read as two lines by two programs.
        guard let json = try? JSONScanner.parse(line, refusingDuplicateNames: true), let previous = json["prev"]?.string,
            JSONWriter.bytes(of: json, sorted: true) == line
        else { throw .form }  // which of its bytes is wrong helps nobody
        guard previous == digest.description else { throw .link }
        return json
    }

    /// The same of a line that nobody reads.
    /// - Returns: whether it is a line that may stand here.
    public mutating func follow(_ line: [UInt8]) -> Bool {
        do throws(Break) { _ = try read(line) } catch { return false }
        return true
    }
}

extension JournalChain.Break {
    /// What it says about the line of that number, counted from 1. A line that was altered and still is JSON is found only by the line
    /// after it.
    public func error(line number: UInt64) -> StoreError {
        let text =
            switch self {
            case .form: "line \(number) of the journal is not what was written"
            case .link where number <= 1: "line 1 of the journal is not what was written, or lines before it are missing"
            case .link: "line \(number - 1) of the journal, or the link to it in line \(number), is not what was written"
            }
        return StoreError(.damaged, text)
    }
}
