import EthCodec
import EthPrimitives
import EthRPC
import KeeperApp

/// A read as people write it: `ADDRESS:SLOT` for storage, `ADDRESS SIGNATURE VALUE…` for a call, `ADDRESS` for an account, or
/// `METHOD PARAM…` without the block.
struct ReadText {
    let reads: [ComparedRead]

    init(_ text: String) throws(OperationError) {
        let words = try Self.words(text)
        guard let first = words.first else { throw .usage("--read: expected an address or a method") }
        if first.hasPrefix("eth_") {
            reads = [try Self.method(first, words.dropFirst())]
        } else if let colon = first.firstIndex(of: ":"), words.count == 1 {
            let key = try Self.slot(String(first[first.index(after: colon)...]))
            reads = [.storage(try Self.address(String(first[..<colon])), key)]
        } else if words.count == 1 {
            let account = try Self.address(first)
            reads = [.code(account), .balance(account), .nonce(account)]
        } else {
            reads = [try Self.call(try Self.address(first), words[1], Array(words.dropFirst(2)))]
        }
    }

    private static func method(_ name: String, _ words: ArraySlice<String>) throws(OperationError) -> ComparedRead {
        guard ComparedRead.methods.contains(name) else {
            throw .usage("--read: expected one of \(ComparedRead.methods.joined(separator: ", ")), got \(name)")
        }
        let params = try RequestParameters(Array(words), raw: false).values
        return ComparedRead("\(name) \(words.joined(separator: " "))", name, params)
    }

    private static func call(_ contract: Address, _ signature: String, _ values: [String]) throws(OperationError) -> ComparedRead
    {
        let text = try CallText(signature)
        guard text.selector != nil else {
            throw .usage("--read: expected a signature such as balanceOf(address), got \(signature)")
        }
        let data = try text.encode(values, packed: false)
        let bytes = try OperationError.of { () throws(HexError) in try Hex.decode(data.string ?? "") }
        return .call(contract, ([signature] + values).joined(separator: " "), bytes)
    }

    private static func address(_ text: String) throws(OperationError) -> Address {
        do throws(AddressError) { return try Address(hex: text) } catch {
            throw .badData("--read: \(error), got \(text.prefix(80))")
        }
    }

    private static func slot(_ text: String) throws(OperationError) -> StorageKey {
        let number = text.hasPrefix("0x") ? UInt256(text.dropFirst(2), radix: 16) : UInt256(text)
        guard let number else { throw .badData("--read: expected a slot, decimal or 0x hexadecimal, got \(text.prefix(80))") }
        return text.utf8.count == 66 ? .word(number.bigEndianBytes) : .slot(number)
    }

    /// Words between spaces; a JSON value is one word, whatever is in it.
    private static func words(_ text: String) throws(OperationError) -> [String] {
        var words: [String] = []
        var rest = Array(text.utf8)[...]
        while true {
            rest = rest.drop { $0 == 0x20 }
            guard let first = rest.first else { return words }
            var length = rest.prefix { $0 != 0x20 }.count
            if "{[\"".utf8.contains(first) {
                let bytes = Array(rest)
                length = try OperationError.of { () throws(JSONError) in
                    let end: Result<Int, JSONError> = bytes.withUnsafeBufferPointer { buffer in
                        var scanner = JSONScanner(buffer)
                        do throws(JSONError) { return .success(try scanner.skip().upperBound) } catch { return .failure(error) }
                    }
                    return try end.get()
                }
            }
            words.append(String(decoding: rest.prefix(length), as: UTF8.self))
            rest = rest.dropFirst(length)
        }
    }
}
