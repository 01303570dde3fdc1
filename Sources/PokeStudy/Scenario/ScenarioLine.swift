import EthCodec
import EthPrimitives

/// One line of a scenario: its fields, each with an error that names it.
struct ScenarioLine {
    let number: Int
    let json: JSON

    func has(_ field: String) -> Bool { json[field] != nil }

    func failure(_ field: String, _ expected: String) -> ScenarioError {
        guard let value = json[field] else {
            return ScenarioError(.malformed, line: number, "\(field) is missing: expected \(expected)")
        }
        let text = String(decoding: JSONWriter.bytes(of: value).prefix(80), as: UTF8.self)
        return ScenarioError(.malformed, line: number, "\(field) is \(text): expected \(expected)")
    }

    func text(_ field: String) throws(ScenarioError) -> String {
        guard let text = json[field]?.string else { throw failure(field, "a string") }
        return text
    }

    /// Below 2⁵³, so that sums of a few never overflow.
    func number(_ field: String) throws(ScenarioError) -> UInt64 {
        guard let value = json[field]?.uint64, value < 1 << 53 else { throw failure(field, "a whole number below 2^53") }
        return value
    }

    /// Unix seconds.
    func time(_ field: String = "time") throws(ScenarioError) -> UInt64 {
        guard let value = json[field]?.uint64, value < 1 << 40 else { throw failure(field, "unix seconds below 2^40") }
        return value
    }

    func wei(_ field: String) throws(ScenarioError) -> Wei {
        guard let value = json[field]?.string.flatMap({ UInt256($0) }), value < 1 &<< 120 else {
            throw failure(field, "wei below 2^120, in decimal digits inside a string")
        }
        return Wei(value)
    }

    /// Wei per gas, so that costs and their sums stay far from any end.
    func price(_ field: String) throws(ScenarioError) -> Wei {
        guard let value = json[field]?.string.flatMap({ UInt256($0) }), value < 1 &<< 72 else {
            throw failure(field, "wei per gas below 2^72, in decimal digits inside a string")
        }
        return Wei(value)
    }

    /// A price, wad.
    func wad(_ field: String) throws(ScenarioError) -> UInt256 {
        guard let value = json[field]?.string.flatMap({ UInt256($0) }), value < 1 &<< 128 else {
            throw failure(field, "a number below 2^128, in decimal digits inside a string")
        }
        return value
    }

    func flag(_ field: String) throws(ScenarioError) -> Bool {
        guard let value = json[field]?.bool else { throw failure(field, "true or false") }
        return value
    }

    func address(_ field: String) throws(ScenarioError) -> Address {
        do { return try Address(hex: try text(field)) } catch is AddressError {
            throw failure(field, "an address")
        } catch { throw failure(field, "an address") }
    }

    func word(_ field: String) throws(ScenarioError) -> UInt256 {
        guard let word = (json[field]?.string).flatMap(Self.word) else { throw failure(field, "a word of 32 bytes") }
        return word
    }

    func bytes(_ field: String) throws(ScenarioError) -> [UInt8] {
        guard let text = json[field]?.string, let bytes = Self.bytes(text) else { throw failure(field, "bytes in hex") }
        return bytes
    }

    /// Storage words by slot.
    func words(_ field: String) throws(ScenarioError) -> [UInt256: UInt256] {
        guard let members = json[field]?.members else { throw failure(field, "slots with their words") }
        var words: [UInt256: UInt256] = [:]
        for member in members {
            guard let slot = Self.word(member.name), let word = member.value.string.flatMap(Self.word) else {
                throw failure(field, "slots with their words, of 32 bytes each")
            }
            words[slot] = word
        }
        return words
    }

    /// The objects of an array.
    func lines(_ field: String) throws(ScenarioError) -> [ScenarioLine] {
        guard let elements = json[field]?.array else { throw failure(field, "an array of objects") }
        return elements.map { ScenarioLine(number: number, json: $0) }
    }

    func line(_ field: String) throws(ScenarioError) -> ScenarioLine {
        guard let value = json[field], value.members != nil else { throw failure(field, "an object") }
        return ScenarioLine(number: number, json: value)
    }

    private static func word(_ text: String) -> UInt256? {
        // A word that is none is told by whoever asked for it.
        (try? B256(hex: text)).map { UInt256(bigEndian: $0) }
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        // As above.
        try? Hex.decode(text)
    }
}
