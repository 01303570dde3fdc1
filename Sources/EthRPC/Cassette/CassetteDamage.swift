/// Tells damage from what a crash leaves: after a crash, the last member is torn and nothing follows it.
enum CassetteDamage {
    /// - Parameter start: the end of the last member that is whole.
    /// - Throws: `altered` if a member of ours is whole somewhere behind.
    static func refuse(in file: ReadableFile, from start: UInt64) throws(CassetteError) {
        guard start < file.size, try hasMember(in: file, after: start) else { return }
        throw CassetteError(
            .altered, "it is damaged between bytes \(start) and \(file.size), where whole members follow: no crash leaves that")
    }

    private static func hasMember(in file: ReadableFile, after start: UInt64) throws(CassetteError) -> Bool {
        let rest = try file.read(at: start, count: Int(min(file.size - start, 1 << 28)))
        var from = 1
        while from + Gzip.header.count < rest.count {
            guard let next = rest[from...].firstIndex(of: Gzip.header[0]) else { return false }
            from = next + 1
            guard rest[next...].starts(with: Gzip.header) else { continue }
            let reader = try CassetteReader(file)
            reader.jump(to: start + UInt64(next), lines: 0)
            do throws(CassetteError) {
                while let piece = try reader.next() { if case .member = piece { return true } }
            } catch {
                continue
            }
        }
        return false
    }
}
