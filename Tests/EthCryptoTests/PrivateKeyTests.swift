import EthCrypto
import EthPrimitives
import Foundation
import Testing

@Suite("Private key")
struct PrivateKeyTests {
    static let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
    static let one = String(repeating: "0", count: 63) + "1"
    /// Not any account's: a pattern whose parts are easy to find in a text.
    static let canary = "c0ffee5ec2e7c0ffee5ec2e7c0ffee5ec2e7c0ffee5ec2e7c0ffee5ec2e7abcd"

    @Test("takes 64 digits with or without prefix, of either case")
    func texts() throws {
        let address = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"
        #expect(try PrivateKey(hex: Self.one).address.description == address)
        #expect(try PrivateKey(hex: "0x" + Self.one).address.description == address)
        #expect(try PrivateKey([UInt8](repeating: 0, count: 31) + [1]).address.description == address)
        #expect(try PrivateKey(hex: Self.canary.uppercased()).address == PrivateKey(hex: Self.canary).address)
        // n − 1 is the negated generator: the same x, hence another address.
        #expect(try PrivateKey(hex: Self.order.dropLast() + "0").publicKey.point.bytes.prefix(4) == [0x79, 0xbe, 0x66, 0x7e])
    }

    @Test(
        "refuses zero, the order and above, and other texts",
        arguments: [
            (String(repeating: "0", count: 64), CryptoError.privateKeyOutOfRange), (order, .privateKeyOutOfRange),
            (String(repeating: "f", count: 64), .privateKeyOutOfRange), ("", .privateKeyLength(digits: 0)),
            ("0x", .privateKeyLength(digits: 0)), (String(one.dropFirst()), .privateKeyLength(digits: 63)),
            (one + "0", .privateKeyLength(digits: 65)), ("0x" + one + "\n", .privateKeyLength(digits: 65)),
            ("0X" + one, .privateKeyLength(digits: 66)), (String(one.dropLast()) + "g", .privateKeyDigit),
            (" " + one.dropFirst(), .privateKeyDigit), (String(repeating: "é", count: 32), .privateKeyDigit),
        ])
    func refusals(text: String, error: CryptoError) { #expect(throws: error) { try PrivateKey(hex: text) } }

    @Test("refuses bytes of another length", arguments: [0, 31, 33])
    func lengths(count: Int) {
        #expect(throws: CryptoError.privateKeyLength(digits: count * 2)) { try PrivateKey([UInt8](repeating: 1, count: count)) }
    }

    @Test("gives its bytes to this package, and takes them back in memory of its own")
    func bytes() throws {
        let key = try PrivateKey(hex: Self.canary)
        let bytes = key.withUnsafeBytes { Array($0) }
        #expect(Hex.encodeUnprefixed(bytes) == Self.canary)
        #expect(try PrivateKey(SecretBytes(count: 32, filledBy: { $0.copyBytes(from: bytes) })).address == key.address)
        #expect(throws: CryptoError.privateKeyLength(digits: 66)) { try PrivateKey(SecretBytes(count: 33, filledBy: { _ in })) }
    }

    @Test("adds a number modulo n, and refuses what makes no key")
    func adding() throws {
        func tweak(_ hex: String) throws -> SecretBytes {
            let bytes = try Hex.decode("0x" + hex)
            return SecretBytes(count: bytes.count, filledBy: { $0.copyBytes(from: bytes) })
        }
        let one = try PrivateKey(hex: Self.one)
        let two = String(repeating: "0", count: 63) + "2"
        #expect(try one.adding(tweak(Self.one))?.address == PrivateKey(hex: two).address)
        let last = String(Self.order.dropLast()) + "0"
        #expect(try PrivateKey(hex: two).adding(tweak(last))?.address == one.address)  // 2 + (n - 1) = 1
        #expect(try one.adding(tweak(last)) == nil)  // 1 + (n - 1) = 0
        #expect(try one.adding(tweak(Self.order)) == nil)
        #expect(try one.adding(tweak("01")) == nil)
    }

    @Test("fresh keys differ")
    func random() { #expect(Set((0..<50).map { _ in PrivateKey.random().address }).count == 50) }

    @Test("cannot be encoded, compared or hashed")
    func opaque() {
        let key: Any = PrivateKey.random()
        #expect(!(key is any Encodable) && !(key is any Decodable) && !(key is any Equatable) && !(key is any Hashable))
    }

    @Test("no way of printing shows any part of the key")
    func canary() throws {
        struct Holder {
            let name = "holder"
            let key: PrivateKey
        }
        struct Failure: Error {
            let key: PrivateKey
        }
        let key = try PrivateKey(hex: "0x" + Self.canary)
        var dumped = ""
        dump(key, to: &dumped)
        dump(Holder(key: key), to: &dumped)
        dump(Optional(key) as Any, to: &dumped)
        func mirrored(_ value: Any) -> String {
            let mirror = Mirror(reflecting: value)
            return mirror.children.map { "\($0.label ?? "") \($0.value) " + mirrored($0.value) }.joined()
                + (mirror.superclassMirror.map { $0.children.map { "\($0.value)" }.joined() } ?? "")
        }
        let error: any Error = Failure(key: key)
        let outputs = [
            "\(key)", "\([key])", "\(["k": key])", "\(Optional(key) as Any)", "\(Holder(key: key))", String(reflecting: key),
            String(reflecting: Holder(key: key)), String(describing: (1, key)), key.debugDescription, dumped, mirrored(key),
            mirrored(Holder(key: key)), "\(error)", error.localizedDescription, String(reflecting: error),
            "\(key.publicKey)", String(reflecting: key.publicKey), "\(try key.sign(Keccak256.hash("x")))",
            String(format: "%@", "\(key)"),
        ]
        for bad in [Self.canary + "0", String(Self.canary.dropLast()), String(Self.canary.dropLast()) + "z", " " + Self.canary] {
            do {
                _ = try PrivateKey(hex: bad)
                Issue.record("\(bad.count) digits were taken")
            } catch { #expect(!Self.leaks("\(error) \(String(reflecting: error)) \(error.localizedDescription)")) }
        }
        for output in outputs { #expect(!Self.leaks(output)) }
        #expect(outputs[0] == "PrivateKey(redacted, address: \(key.address))")
        #expect(Self.leaks("xx\(Self.canary.prefix(10).uppercased())"), "the detector itself must work")
    }

    /// Whether any eight digits in a row of the canary occur, as hexadecimal or as decimal bytes.
    private static func leaks(_ text: String) -> Bool {
        let text = text.lowercased()
        let digits = Array(canary)
        return (0...digits.count - 8).contains { text.contains(String(digits[$0..<$0 + 8])) } || text.contains("192, 255, 238")
    }
}
