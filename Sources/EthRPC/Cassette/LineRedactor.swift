internal import EthCodec
import EthPrimitives

#if canImport(Glibc)
    import Glibc
#endif

/// Redacts lines: their notes, and the strings in them. Everything else stays byte for byte.
struct LineRedactor {
    private(set) var counts: RedactionCounts
    private let addresses: [(from: [UInt8], to: [UInt8])]
    private let texts: [Text]

    private struct Text {
        var bytes: [UInt8]
        var replacement: [UInt8]
        /// Hexadecimal is found in either case.
        var ignoresCase: Bool
    }

    /// Notes that are part of the format.
    private static let ownNotes: Set = [CassetteLabel.setup, CassetteLabel.evidence]

    init(_ rules: RedactionRules) {
        counts = RedactionCounts(
            addresses: rules.addresses.map { _ in 0 }, texts: rules.texts.map { _ in 0 })
        addresses = rules.addresses.map { (Self.digits($0.from), Self.digits($0.to)) }
        texts = rules.texts.map { text in
            let bytes = Array(text.utf8)
            let digits = bytes.starts(with: Array("0x".utf8)) ? bytes.dropFirst(2) : bytes[...]
            guard digits.count >= 8, digits.allSatisfy(Self.isHexDigit) else {
                return Text(bytes: bytes, replacement: Array("<redacted>".utf8), ignoresCase: false)
            }
            let zeros = bytes.prefix(bytes.count - digits.count) + digits.map { _ in UInt8(ascii: "0") }
            return Text(bytes: bytes.map(Self.lower), replacement: Array(zeros), ignoresCase: true)
        }
    }

    private static func digits(_ address: Address) -> [UInt8] { Array(Hex.encodeUnprefixed(address.bytes).utf8) }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch lower(byte) {
        case 0x30...0x39, 0x61...0x66: true
        default: false
        }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

    /// A text as it is passed on.
    /// - Throws: `altered` if a replacement stands in it already.
    mutating func text(_ text: String, line: Int) throws(CassetteError) -> String {
        let bytes = Array(text.utf8)
        return try redacted(bytes, line).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// A line as it is passed on.
    mutating func line(_ line: [UInt8], position: Int) throws(CassetteError) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(line.count)
        let kept = withoutNote(line)
        var start = 0
        while start < kept.count {
            guard let quote = kept[start...].firstIndex(of: UInt8(ascii: "\"")) else { break }
            var end = quote + 1
            while end < kept.count, kept[end] != UInt8(ascii: "\"") { end += kept[end] == UInt8(ascii: "\\") ? 2 : 1 }
            end = min(end, kept.count)
            out.append(contentsOf: kept[start...quote])
            try out.append(contentsOf: content(kept[(quote + 1)..<end], position))
            start = end
            if start < kept.count {
                out.append(kept[start])
                start += 1
            }
        }
        if start < kept.count { out.append(contentsOf: kept[start...]) }
        return out
    }

    /// What stands between the quotes of a string.
    private mutating func content(_ raw: ArraySlice<UInt8>, _ position: Int) throws(CassetteError) -> [UInt8] {
        func quoted(_ text: String) -> [UInt8] { Array(JSONWriter.bytes(of: .string(text)).dropFirst().dropLast()) }
        guard raw.contains(UInt8(ascii: "\\")) else {
            let plain = Array(raw)
            return try redacted(plain, position).map { quoted(String(decoding: $0, as: UTF8.self)) } ?? plain
        }
        // The line was read before, so its strings are strings.
        guard let plain = (try? JSONScanner.parse([0x22] + raw + [0x22]))?.string else { return Array(raw) }  // see above
        let clean = try text(plain, line: position)
        return clean == plain ? Array(raw) : quoted(clean)
    }

    /// The line without a note that is not part of the format.
    private mutating func withoutNote(_ line: [UInt8]) -> [UInt8] {
        var removed = 0
        let rest: [UInt8]? = line.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            var writer = JSONWriter()
            var isFirst = true
            var hasWritten = false
            do throws(JSONError) {
                while let name = try scanner.nextName(first: isFirst) {
                    isFirst = false
                    let value = buffer[try scanner.skip()]
                    if name == "note", !Self.ownNotes.contains(where: { value.elementsEqual("\"\($0)\"".utf8) }) {
                        removed += 1
                        continue
                    }
                    writer.writeRaw((hasWritten ? "," : "{").utf8)
                    writer.write(.string(name))
                    writer.writeRaw(":".utf8)
                    writer.writeRaw(value)
                    hasWritten = true
                }
                writer.writeRaw("}".utf8)
                return writer.bytes
            } catch { return nil }
        }
        guard removed > 0, let rest else { return line }
        counts.notes += removed
        return rest
    }

    /// The bytes of a string as they are passed on; `nil` if nothing changes.
    private mutating func redacted(_ bytes: [UInt8], _ line: Int) throws(CassetteError) -> [UInt8]? {
        guard bytes.count >= 4 else { return nil }
        var out = bytes
        var changed = false
        if bytes.count >= 40, !addresses.isEmpty {
            let original = bytes.map(Self.lower)
            for address in addresses where Self.find(address.to, in: original, from: 0) != nil {
                throw CassetteError(
                    .altered,
                    "line \(line): the replacement 0x\(String(decoding: address.to, as: UTF8.self)) stands there already")
            }
            // As long as what it replaces, and no two are found in one place: all are looked for in the original.
            for (index, address) in addresses.enumerated() {
                let count = Self.replace(address.from, by: address.to, in: &out, original)
                counts.addresses[index] += count
                changed = changed || count > 0
            }
        }
        for (index, text) in texts.enumerated() {
            let count = Self.replace(text.bytes, by: text.replacement, in: &out, text.ignoresCase ? out.map(Self.lower) : out)
            counts.texts[index] += count
            changed = changed || count > 0
        }
        // Data is no text: what looks like a token in it is somebody's bytes.
        guard !out.starts(with: Array("0x".utf8)) else { return changed ? out : nil }
        let text = String(decoding: out, as: UTF8.self)
        let clean = NodeText.withoutSecrets(text)
        guard clean != text else { return changed ? out : nil }
        counts.secrets += 1
        return Array(clean.utf8)
    }

    private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = needle.first else { return nil }
        return bytes.withUnsafeBytes { hay in
            needle.withUnsafeBytes { pin in
                guard let base = hay.baseAddress, let small = pin.baseAddress else { return nil }
                var place = start
                while place + pin.count <= hay.count {
                    guard let hit = memchr(base + place, Int32(first), hay.count - pin.count + 1 - place) else { return nil }
                    if memcmp(hit, small, pin.count) == 0 { return UnsafeRawPointer(hit) - base }
                    place = UnsafeRawPointer(hit) - base + 1
                }
                return nil
            }
        }
    }

    /// Replaces what is found in the second form of the bytes, which is as long.
    private static func replace(_ needle: [UInt8], by other: [UInt8], in bytes: inout [UInt8], _ form: [UInt8]) -> Int {
        var places: [Int] = []
        var start = 0
        while let place = find(needle, in: form, from: start) {
            places.append(place)
            start = place + needle.count
        }
        for place in places.reversed() { bytes.replaceSubrange(place..<(place + needle.count), with: other) }
        return places.count
    }
}
