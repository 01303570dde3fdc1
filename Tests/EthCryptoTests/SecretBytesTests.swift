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

    @Test("the last reference's release wipes the memory, and so does a failed filling")
    func release() {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 16) { memory in
            func isWiped() -> Bool { memory.allSatisfy { $0 == 0 } }
            var first: SecretBytes? = SecretBytes(in: memory, filledBy: { $0.copyBytes(from: repeatElement(0xaa, count: 32)) })
            var second = first
            #expect(!isWiped())
            first = nil
            #expect(!isWiped() && second != nil)
            second = nil
            #expect(isWiped())
            #expect(throws: Stop.self) {
                try SecretBytes(
                    in: memory,
                    filledBy: { (out) throws(Stop) in
                        out.copyBytes(from: repeatElement(0xbb, count: 16))
                        throw Stop()
                    })
            }
            #expect(isWiped())
        }
    }

    @Test("random bytes differ, and a failing fill throws its own error")
    func making() {
        let words = (0..<20).map { _ in SecretBytes.random().withUnsafeBytes { B256(Array($0)) } }
        #expect(Set(words).count == 20)
        #expect(throws: Stop.self) { try SecretBytes(filledBy: { (_) throws(Stop) in throw Stop() }) }
    }
}
