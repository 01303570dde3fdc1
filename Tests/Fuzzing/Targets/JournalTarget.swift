internal import EthCodec
internal import EthPrimitives
internal import KeeperCore

extension FuzzTarget {
    /// Decision logs of a few lines, and records that become lines.
    static let journal = FuzzTarget("journal", .json) {
        Corpus(JournalSeeds.logs + JournalSeeds.logs.map { Array($0.dropLast(9)) } + JournalSeeds.records)
    } decode: { input throws(BrokenPromise) in
        try checkRecords(input)
        let read = Reading([input[...]])
        let (half, third) = (input.count / 2, input.count / 3)
        try BrokenPromise.unless(
            read == Reading([input[..<third], input[third..<half], [], input[half...]]), "pieces are read as another log")
        // What was handed on before an error holds too.
        var chain = JournalChain()
        for line in read.lines {
            let record = JSON.object((line.json.members ?? []).filter { $0.name != "prev" })
            try BrokenPromise.unless(chain.link(record) == line.bytes, "a line is not as it is written")
        }
        guard let end = read.end else { return false }
        let bytes = read.lines.reduce(end.unfinishedBytes) { $0 + $1.bytes.count + 1 }
        try BrokenPromise.unless(bytes == input.count && end.lines == read.lines.count, "bytes of a log belong to no line")
        try BrokenPromise.unless(end.digest == chain.digest, "the digest is not the newest line's")
        try checkAlterations(of: input, read.lines)
        return true
    }

    /// A byte that is altered in any line but the last is found.
    private static func checkAlterations(of input: [UInt8], _ lines: [JournalLine]) throws(BrokenPromise) {
        let covered = lines.dropLast().reduce(0) { $0 + $1.bytes.count + 1 }
        guard covered > 0 else { return }
        let seed = Keccak256.hash(input).bytes
        for index in 0..<4 {
            let at = (Int(seed[3 * index]) << 8 | Int(seed[3 * index + 1])) % covered
            var altered = input
            altered[at] ^= max(1, seed[3 * index + 2])
            try BrokenPromise.unless(Reading([altered[...]]).end == nil, "byte \(at) was altered, and nobody notices")
        }
    }

    /// Whatever a record says, its line is read as it was written.
    private static func checkRecords(_ input: [UInt8]) throws(BrokenPromise) {
        var (writer, reader) = (JournalChain(), JournalChain())
        for line in input.split(separator: 0x0a).prefix(4) {
            guard let record = try? JSONScanner.parse(line, refusingDuplicateNames: true), record.members != nil,
                record["prev"] == nil
            else { continue }
            let written = writer.link(record)
            let read: JSON
            do throws(JournalChain.Break) { read = try reader.read(written) } catch {
                throw BrokenPromise("what was written is not read: \(error)")
            }
            let rest = JSON.object((read.members ?? []).filter { $0.name != "prev" })
            try BrokenPromise.unless(rest.sortedText == record.sortedText, "a record is read as another one")
        }
    }
}

/// What a reader says of a log in pieces.
private struct Reading: Equatable {
    var lines: [JournalLine] = []
    /// `nil` if it is damaged.
    var end: JournalEnd?

    init(_ pieces: [ArraySlice<UInt8>]) {
        var reader = JournalReader()
        do {
            for piece in pieces { try reader.take(piece) { lines.append($0) } }
            end = try reader.finish()
        } catch { end = nil }  // told by the caller, who knows what should be
    }
}

private enum JournalSeeds {
    static let records: [[UInt8]] = [
        "{\"kind\":\"decision\",\"block\":1,\"time\":2,\"decision\":{\"actions\":[],\"notes\":[{\"code\":\"a\",\"text\":\"é \\u0001\\\\\"}]}}",
        "{\"kind\":\"outcome\",\"outcome\":{\"noted\":{}}}", "{\"kind\":\"final\",\"cost\":\"0\",\"n\":-1.50e7}", "{}",
        "{\"\":[null,true]}",
        "{\"kind\":\"x\",\"kind\":\"y\"}", "[]",
    ].map { Array($0.utf8) }

    /// One, two and three lines of each record and those after it.
    static var logs: [[UInt8]] {
        (1...3).flatMap { count in
            records.indices.compactMap { start -> [UInt8]? in
                var chain = JournalChain()
                var log: [UInt8] = []
                for index in start..<(start + count) {
                    // Those that a chain takes: no array, nothing twice.
                    guard let json = try? JSONScanner.parse(records[index % 5]) else { return nil }
                    log += chain.link(json) + [0x0a]
                }
                return log
            }
        }
    }
}
