import EthPrimitives
import Foundation
import TestSupport
import Testing

@Suite("Keccak-256")
struct KeccakTests {
    @Test(
        "hashes the well-known texts",
        arguments: [
            ("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
            ("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
            ("Transfer(address,address,uint256)", "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"),
            ("poke()", "0x18178358"),
        ])
    func knownTexts(text: String, hash: String) {
        #expect(Keccak256.hash(text).description.hasPrefix(hash))
        #expect(Keccak256.hash(Array(text.utf8)) == Keccak256.hash(text))
    }

    @Test("hashes every case of the reference file", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func referenceFile() throws {
        var tally = VectorTally("keccak/ShortMsgKAT_256")
        var length = 0
        var message: [UInt8] = []
        for line in try SharedVectors.text("keccak/ShortMsgKAT_256.txt").split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: " ")
            guard parts.count == 3, parts[1] == "=" else { continue }
            switch parts[0] {
            case "Len": length = try #require(Int(parts[2]))
            case "Msg": message = try Hex.decode("0x" + parts[2])
            default:
                guard length % 8 == 0 else {
                    tally.skip("with a broken last byte, which our interface cannot spell")
                    continue
                }
                let expected = try B256(hex: "0x" + parts[2])
                let hash = Keccak256.hash(Array(message.prefix(length / 8)))
                #expect(hash == expected, "\(length) bits")
                tally.count(hash == expected)
            }
        }
        tally.report()
        #expect(tally.passed == 256)
    }

    @Test("hashes every case of ethers' file", .enabled(if: SharedVectors.arePresent, "needs ../shared/vectors"))
    func ethersFile() throws {
        struct Case: Decodable {
            let name, data: String
            let keccak256, sha256, sha512, ripemd160: String?
        }
        var tally = VectorTally("ethers/hashes")
        for one in try SharedVectors.json("ethers/hashes.json.gz", as: [Case].self) {
            for (column, value) in [("sha256", one.sha256), ("sha512", one.sha512), ("ripemd160", one.ripemd160)]
            where value != nil {
                tally.skip("of \(column), which is not Ethereum's hash")
            }
            let message = try Hex.decode(one.data)
            let hash = Keccak256.hash(message)
            #expect(hash.description == one.keccak256, "\(one.name)")
            tally.count(hash.description == one.keccak256)
        }
        tally.report()
        #expect(tally.passed == 129)
    }

    @Test("however a message is split, the hash is that of the whole")
    func splits() {
        var random = SeededRandom(7)
        for _ in 0..<400 {
            let message = (0..<Int.random(in: 0...700, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            var hasher = Keccak256()
            var rest = message[...]
            while !rest.isEmpty {
                // Often within a lane, sometimes beyond a block, now and then nothing.
                let most = [0, 1, 7, 8, 9, 40, 135, 136, 137, 300][Int.random(in: 0..<10, using: &random)]
                let part = rest.prefix(Int.random(in: 0...most, using: &random))
                hasher.update(Array(part))
                rest = rest.dropFirst(part.count)
            }
            #expect(hasher.finalize() == Keccak256.hash(message), "\(message.count) bytes")
        }
    }

    @Test(
        "streaming in chunks of any size gives the one-shot hash", arguments: [1, 3, 7, 64, 135, 136, 137, 271, 272, 273, 1000])
    func streaming(chunk: Int) {
        let bytes = (0..<1500).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 3) }
        for count in [0, 1, 135, 136, 137, 271, 272, 408, 1500] {
            let message = Array(bytes.prefix(count))
            var hasher = Keccak256()
            for start in stride(from: 0, to: count, by: chunk) {
                hasher.update(Array(message[start..<min(count, start + chunk)]))
            }
            #expect(hasher.finalize() == Keccak256.hash(message), "\(count) bytes by \(chunk)")
        }
    }

    @Test("finalize leaves the hasher able to go on")
    func finalizeTwice() {
        var hasher = Keccak256()
        hasher.update(Array("ab".utf8))
        #expect(hasher.finalize() == Keccak256.hash("ab"))
        hasher.update(Array("c".utf8))
        #expect(hasher.finalize() == Keccak256.hash("abc"))
        #expect(hasher.finalize() == Keccak256.hash("abc"))
    }
}
