import EthCodec
import EthCrypto
import EthPrimitives
import EthRPC

/// The members of a request, read strictly: each error names the member, the value and what was expected.
struct OperationArguments {
    private let members: [String: JSON]

    /// - Throws: `OperationError` for a member that is not `known`, or twice there.
    init(_ members: [JSON.Member], known: [String]) throws(OperationError) {
        var table: [String: JSON] = [:]
        for member in members {
            guard known.contains(member.name) else {
                throw .usage("unknown member \"\(member.name)\", expected \(known.joined(separator: ", "))")
            }
            guard table.updateValue(member.value, forKey: member.name) == nil else {
                throw .usage("the member \"\(member.name)\" is there twice")
            }
        }
        self.members = table
    }

    /// A member that must be there.
    func json(_ name: String) throws(OperationError) -> JSON {
        guard let value = members[name] else { throw .usage("the member \"\(name)\" is missing") }
        return value
    }

    /// A member that may be absent or null.
    func optional(_ name: String) -> JSON? {
        guard let value = members[name], value != .null else { return nil }
        return value
    }

    func string(_ name: String) throws(OperationError) -> String {
        let value = try json(name)
        guard let text = value.string else { throw expected("a string", name, value) }
        return text
    }

    /// A string that no error shows: a key or a password.
    func secret(_ name: String) throws(OperationError) -> SecretText {
        guard let text = try json(name).string else { throw .badData("\(name): expected a string") }
        return SecretText(text)
    }

    /// A private key of 64 hexadecimal digits, which no error shows.
    func key(_ name: String) throws(OperationError) -> PrivateKey {
        let text = try secret(name)
        do throws(CryptoError) {
            return try PrivateKey(hex: text.reveal())
        } catch {
            throw .badData("\(name): \(error)")
        }
    }

    /// `0x` and an even number of hexadecimal digits.
    func bytes(_ name: String) throws(OperationError) -> [UInt8] {
        let value = try json(name)
        guard let text = value.string else { throw expected("bytes as 0x hexadecimal", name, value) }
        do throws(HexError) {
            return try Hex.decode(text)
        } catch {
            throw .badData("\(name): \(error), got \(Excerpt(value))")
        }
    }

    func b256(_ name: String) throws(OperationError) -> B256 {
        let bytes = try bytes(name)
        guard let word = B256(bytes) else { throw .badData("\(name): expected 32 bytes, got \(bytes.count)") }
        return word
    }

    /// 20 bytes; of mixed case only with the right EIP-55 checksum.
    func address(_ name: String) throws(OperationError) -> Address {
        let value = try json(name)
        guard let text = value.string else { throw expected("an address", name, value) }
        do throws(AddressError) {
            return try Address(hex: text)
        } catch {
            throw .badData("\(name): \(error), got \(Excerpt(value))")
        }
    }

    /// An integer as decimal digits, as a `0x` quantity or as a JSON number.
    func uint256(_ name: String) throws(OperationError) -> UInt256 { try Self.uint256(json(name), name) }

    /// The same below 2⁶⁴.
    func uint64(_ name: String) throws(OperationError) -> UInt64 {
        let value = try json(name)
        guard let small = try Self.uint256(value, name).asUInt64 else { throw expected("an integer below 2^64", name, value) }
        return small
    }

    static func uint256(_ value: JSON, _ name: String) throws(OperationError) -> UInt256 {
        let result: UInt256? =
            switch value {
            case .number(let digits): UInt256(digits)
            case .string(let text) where text.hasPrefix("0x") && !text.contains("+"): UInt256(text.dropFirst(2), radix: 16)
            case .string(let text): UInt256(text)
            default: nil
            }
        guard let result else {
            throw .badData("\(name): expected an integer from 0 to 2^256 - 1, decimal or 0x hexadecimal, got \(Excerpt(value))")
        }
        return result
    }

    private func expected(_ what: String, _ name: String, _ value: JSON) -> OperationError {
        .badData("\(name): expected \(what), got \(Excerpt(value))")
    }
}

/// The beginning of a value, for error texts.
struct Excerpt: CustomStringConvertible {
    let description: String

    init(_ value: JSON) {
        // 64 hexadecimal digits may be a private key that was put in the wrong place.
        if let digits = value.string.map({ $0.hasPrefix("0x") ? $0.dropFirst(2) : $0[...] }), digits.utf8.count == 64,
            digits.utf8.allSatisfy({ Hex.value($0) != nil })
        {
            description = "64 hexadecimal digits"
            return
        }
        let text = value.description
        description = text.utf8.count <= 80 ? text : String(text.prefix(77)) + "..."
    }
}
