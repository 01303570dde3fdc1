import CZlib

/// Gzip members in memory (RFC 1952).
public enum Gzip {
    /// What each of our members begins with: no name, no time stamp, best compression, Unix.
    static let header: [UInt8] = [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 2, 3]

    /// The checksum of the content that stands in a member's last eight bytes, before its length.
    static func checksum(_ member: [UInt8]) -> UInt32 {
        member.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// One member, without a time stamp, so that equal bytes compress to equal bytes.
    public static func compress(_ bytes: [UInt8]) throws(CassetteError) -> [UInt8] {
        var stream = z_stream()
        let level: Int32 = 9
        let gzipWindow: Int32 = 15 + 16
        guard
            deflateInit2_(
                &stream, level, Z_DEFLATED, gzipWindow, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
                == Z_OK
        else { throw CassetteError(.unreadable, "gzip could not be started") }
        defer { deflateEnd(&stream) }
        var out = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        var input = bytes
        let status: Int32 = input.withUnsafeMutableBufferPointer { source in
            out.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END else { throw CassetteError(.unreadable, "gzip failed with status \(status)") }
        out.removeLast(Int(stream.avail_out))
        return out
    }

    /// All members one after the other.
    /// - Parameter limit: in bytes; at most 256 KiB more are ever unpacked.
    /// - Throws: `unreadable` for a broken or truncated member, `tooLarge` for one that holds more than the limit.
    public static func decompress(_ bytes: [UInt8], limit: Int = 1 << 30) throws(CassetteError) -> [UInt8] {
        var out: [UInt8] = []
        var offset = 0
        while offset < bytes.count { offset = try decompressMember(bytes, from: offset, into: &out, limit: limit) }
        return out
    }

    private static func decompressMember(
        _ bytes: [UInt8], from start: Int, into out: inout [UInt8], limit: Int
    ) throws(CassetteError) -> Int {
        var stream = z_stream()
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw CassetteError(.unreadable, "gzip could not be started")
        }
        defer { inflateEnd(&stream) }
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        var consumed = start
        while true {
            let available = min(bytes.count - consumed, 1 << 30)
            var produced = 0
            let status: Int32 = bytes.withUnsafeBufferPointer { source in
                chunk.withUnsafeMutableBufferPointer { target in
                    stream.next_in = source.baseAddress.map { UnsafeMutablePointer(mutating: $0 + consumed) }
                    stream.avail_in = UInt32(available)
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    let status = inflate(&stream, Z_NO_FLUSH)
                    produced = target.count - Int(stream.avail_out)
                    return status
                }
            }
            consumed += available - Int(stream.avail_in)
            out.append(contentsOf: chunk[..<produced])
            guard out.count <= limit else { throw CassetteError(.tooLarge, "more than \(limit) bytes when unpacked") }
            switch status {
            case Z_STREAM_END: return consumed
            case Z_OK where produced > 0 || consumed < bytes.count: continue
            default: throw CassetteError(.unreadable, "not a complete gzip file (zlib status \(status) at byte \(consumed))")
            }
        }
    }
}
