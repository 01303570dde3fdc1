import CZlib

/// Unpacks gzip members piece by piece (RFC 1952), in the memory of one piece.
package final class Inflater {
    /// How far a call came.
    package enum Progress { case more, memberEnded, needsInput, damaged(status: Int32) }

    /// zlib remembers where its state stands, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var chunk = [UInt8](repeating: 0, count: 1 << 17)

    package init() throws(CassetteError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            throw CassetteError(.unreadable, "gzip could not be started")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Begins with a new member.
    package func reset() { inflateReset(stream) }

    /// Unpacks what fits in one piece.
    /// - Returns: how many bytes of input were used, and how far it came.
    package func inflate(_ input: ArraySlice<UInt8>, into out: inout [UInt8]) -> (used: Int, progress: Progress) {
        var produced = 0
        let status: Int32 = input.withUnsafeBufferPointer { source in
            chunk.withUnsafeMutableBufferPointer { target in
                stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.pointee.avail_in = UInt32(source.count)
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(target.count)
                let status = CZlib.inflate(stream, Z_NO_FLUSH)
                produced = target.count - Int(stream.pointee.avail_out)
                return status
            }
        }
        out.append(contentsOf: chunk[..<produced])
        let used = input.count - Int(stream.pointee.avail_in)
        switch status {
        case Z_STREAM_END: return (used, .memberEnded)
        case Z_OK: return (used, stream.pointee.avail_in == 0 && produced < chunk.count ? .needsInput : .more)
        case Z_BUF_ERROR: return (used, .needsInput)
        default: return (used, .damaged(status: status))
        }
    }
}
