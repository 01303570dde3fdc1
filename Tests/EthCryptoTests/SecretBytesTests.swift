import EthPrimitives
import Testing

@testable import EthCrypto

@Suite("Secret bytes")
struct SecretBytesTests {
    struct Stop: Error {}

    @Test("wiping leaves only zeros")
    func wipe() {
        var bytes = [UInt8](repeating: 0xaa, count: 32)
        bytes.withUnsafeMutableBytes { SecretBytes.wipe($0) }
        #expect(bytes == [UInt8](repeating: 0, count: 32))
    }

    @Test("random bytes differ, and a failing fill throws its own error")
    func making() {
        let words = (0..<20).map { _ in SecretBytes.random().withUnsafeBytes { B256(Array($0)) } }
        #expect(Set(words).count == 20)
        #expect(throws: Stop.self) { try SecretBytes(filledBy: { (_) throws(Stop) in throw Stop() }) }
    }
}
