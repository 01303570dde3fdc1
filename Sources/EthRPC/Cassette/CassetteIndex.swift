internal import EthCodec
import EthPrimitives

/// The members of a compressed recording, in their order: what stands in `FILE.idx`.
///
/// It says nothing that the file does not say, so it can always be made again. Whoever uses it looks whether it fits: each member has
/// to begin as gzip does and to end with the checksum that the index knows; from the first that does not on, the file itself is read.
public struct CassetteIndex: Sendable, Hashable {
    public var members: [CassetteMember]

    public init(_ members: [CassetteMember] = []) { self.members = members }

    /// Where the index of a recording is.
    public static func path(of recording: String) -> String { recording + ".idx" }

    /// The first line of every index.
    static let opening = Array("{\"cassetteIndex\":1}\n".utf8)

    /// A line of the index, with its line feed.
    static func line(_ member: CassetteMember) -> [UInt8] { JSONWriter.bytes(of: member.json) + [0x0A] }

    public var bytes: [UInt8] { Self.opening + members.flatMap(Self.line) }

    /// Reads an index as far as it makes sense: up to a line that is none, or does not follow the one before.
    public init(parsing bytes: [UInt8]) {
        members = []
        guard bytes.starts(with: Self.opening) else { return }
        for line in bytes.dropFirst(Self.opening.count).split(separator: 0x0A) {
            // Anything else is no line of an index, and ends what is believed.
            guard let json = try? JSONScanner.parse(line), let member = CassetteMember(json), follows(member) else { return }
            members.append(member)
        }
    }

    private func follows(_ member: CassetteMember) -> Bool {
        guard let last = members.last else {
            return member.offset == 0 && member.linesBefore == 0 && member.exchangesBefore == 0 && member.bytes > 0
        }
        return member.offset == last.end && member.bytes > 0 && member.linesBefore == last.linesBefore + last.lines
            && member.exchangesBefore == last.exchangesBefore + last.exchanges && !last.isLast
    }

    /// Gzip's first bytes and its last ones: header 10, checksum 4, length 4 (RFC 1952).
    private static let smallest: UInt64 = 18

    /// The checksum in front of the length that a member ends with; `nil` where the file is too short or has no member.
    static func checksum(of file: ReadableFile, from offset: UInt64, to end: UInt64) throws(CassetteError) -> UInt32? {
        guard end <= file.size, offset <= end, end - offset >= smallest else { return nil }
        let tail = try file.read(at: end - 8, count: 4)
        guard tail.count == 4, try file.read(at: offset, count: 3) == [0x1F, 0x8B, 0x08] else { return nil }
        return tail.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The members up to the first that is not in the file.
    func agreeing(with file: ReadableFile) throws(CassetteError) -> CassetteIndex {
        var believed: [CassetteMember] = []
        for member in members {
            guard try Self.checksum(of: file, from: member.offset, to: member.end) == member.checksum else { break }
            believed.append(member)
        }
        return CassetteIndex(believed)
    }
}
