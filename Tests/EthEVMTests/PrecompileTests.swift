import EthCrypto
import EthPrimitives
import EthTransactions
import TestSupport
import Testing

@testable import EthEVM

@Suite struct PrecompileTests {
    typealias Harness = PrecompileHarness

    @Test(arguments: [(Fork.london, 9), (.paris, 9), (.shanghai, 9), (.cancun, 10), (.prague, 17), (.osaka, 18)])
    func theyAreThereFromTheirForkOn(fork: Fork, count: Int) {
        let found = (0...0x1_0000).map { Harness.address($0) }.filter { Precompile.isPrecompile($0, fork) }
        #expect(found.count == count)
        #expect(found.first == Harness.address(1))
        #expect(found.last == (fork == .osaka ? Harness.address(0x0100) : Harness.address(UInt64(count))))
    }

    @Test func anAddressThatOnlyEndsLikeOneIsNone() {
        for index in 0..<18 {
            var bytes = Harness.address(4).bytes
            bytes[index] = 1
            #expect(Address(bytes).map { Precompile.isPrecompile($0, .osaka) } == false)
        }
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "9c1185a5c5e9fc54612808977ee8f548b2258d31"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
        (
            "The quick brown fox jumps over the lazy dog", "d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592",
            "37f332f68db77bd9d7edd4969571ad671cf9dd3b"
        ),
        (
            String(repeating: "a", count: 1000), "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3",
            "aa69deee9a8922e92f8105e007f76110f381e9cf"
        ),
    ])
    func hashesAreTheKnownOnes(text: String, sha256: String, ripemd160: String) throws {
        let input = Array(text.utf8)
        let words = Gas((input.count + 31) / 32)
        #expect(try Harness.output(2, input) == sha256)
        #expect(Harness.run(2, input).gas == 60 + 12 * words)
        #expect(try Harness.output(3, input) == String(repeating: "0", count: 24) + ripemd160)
        #expect(Harness.run(3, input).gas == 600 + 120 * words)
    }

    /// Python's hashlib over the same: the hash of the hashes of all lengths from 0 to 299.
    @Test func hashesOfAllLengthsAreThoseOfAnotherImplementation() throws {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: 7 * $0) }
        var (sha, ripemd): ([UInt8], [UInt8]) = ([], [])
        for count in 0..<300 {
            sha += try #require(Harness.run(2, Array(bytes[..<count])).output)
            ripemd += try #require(Harness.run(3, Array(bytes[..<count])).output?.suffix(20))
        }
        #expect(try Harness.output(2, sha) == "f65f14b090e805017546322e618401d41f0710c213e013a5131eb38bbe8f367f")
        #expect(try Harness.output(2, ripemd) == "4bbe4e1ff3be5b974fde0a079e9350881a11dbfa313ad3172a17ee99b3ebc4a7")
    }

    @Test(arguments: [0, 1, 31, 32, 33, 1000])
    func identityAnswersItsInput(count: Int) {
        let input = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let answer = Harness.run(4, input)
        #expect(answer.output == input)
        #expect(answer.gas == 15 + 3 * Gas((count + 31) / 32))
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func oneGasTooLittleIsOutOfGas(number: UInt64) throws {
        let gas = try #require(Harness.run(number, []).gas)
        #expect(Harness.run(number, [], gas: gas).gas == gas)
        #expect(Harness.run(number, [], gas: gas - 1).halt == .outOfGas)
    }

    @Test func recoveryFindsWhoSignedAndTakesAHighS() throws {
        let order: UInt256 = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141
        for seed in 1...20 {
            let key = try PrivateKey(Harness.word(UInt256(UInt64(seed)) * 0x1234_5678_9abc_def1))
            let digest = Keccak256.hash([UInt8(seed)])
            let signature = try key.sign(digest)
            let low =
                digest.bytes + Harness.word(UInt256(UInt64(signature.v))) + Harness.word(signature.r) + Harness.word(signature.s)
            let high =
                digest.bytes + Harness.word(UInt256(UInt64(55 - signature.v))) + Harness.word(signature.r)
                + Harness.word(order - signature.s)
            for input in [low, high, low + [1, 2, 3]] {
                let answer = Harness.run(1, input)
                #expect(answer.output == [UInt8](repeating: 0, count: 12) + key.address.bytes)
                #expect(answer.gas == 3_000)
            }
        }
    }

    @Test func recoveryOfWhatIsNoSignatureAnswersNothingAndTakesItsGas() {
        let digest = Keccak256.hash("x").bytes
        let order: UInt256 = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141
        let wrong: [(UInt256, UInt256, UInt256)] = [
            (26, 1, 1), (29, 1, 1), (0, 1, 1), (27, 0, 1), (27, 1, 0), (27, order, 1), (28, 1, order), (27, .max, .max),
            (UInt256(1) << 255 | 27, 1, 1),
            // No point has this x coordinate.
            (27, 5, 1),
        ]
        for (v, r, s) in wrong {
            let answer = Harness.run(1, digest + Harness.word(v) + Harness.word(r) + Harness.word(s))
            #expect(answer.output == [])
            #expect(answer.gas == 3_000)
        }
        #expect(Harness.run(1, []).output == [])
    }

    @Test(arguments: [
        (
            0, true,
            "08c9bcf367e6096a3ba7ca8485ae67bb2bf894fe72f36e3cf1361d5f3af54fa5d282e6ad7f520e511f6c3e2b8c68059b9442be0454267ce079217e1319cde05b"
        ),
        (
            12, true,
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"
        ),
        (
            12, false,
            "75ab69d3190a562c51aef8d88f1c2775876944407270c42c9844252c26d2875298743e7f6d5ea2f2d3e8d226039cd31b4e426ac4f2d3d666a610c2116fde4735"
        ),
        (
            1, true,
            "b63a380cb2897d521994a85234ee2c181b5f844d2c624c002677e9703449d2fba551b3a8333bcdf5f2f7e08993d53923de3d64fcc68c034e717b9293fed7a421"
        ),
        (
            25, true,
            "09df5600d96313fe649dba417c7641180e74b10f9ce0135ec54cd409c521120619d322441e8e93bcc64605ff70c760dd1bafc089c8d81651c40fd9ad8b3bf50b"
        ),
    ])
    func compressionOfBlake2AnswersTheVectorsOfItsProposal(rounds: UInt8, isLast: Bool, output: String) throws {
        let input = try Self.blake2(rounds, isLast ? 1 : 0)
        #expect(try Harness.output(9, input) == output)
        #expect(Harness.run(9, input, gas: Gas(rounds)).gas == Gas(rounds))
        if rounds > 0 { #expect(Harness.run(9, input, gas: Gas(rounds) - 1).halt == .outOfGas) }
    }

    @Test func compressionOfBlake2RefusesOtherLengthsAndFlagsAndCannotBePaidForAllRounds() throws {
        let input = try Self.blake2(12, 1)
        #expect(Harness.run(9, []).halt == .precompileFailed)
        #expect(Harness.run(9, input.dropLast()).halt == .precompileFailed)
        #expect(Harness.run(9, input + [0]).halt == .precompileFailed)
        #expect(Harness.run(9, input.dropLast() + [2]).halt == .precompileFailed)
        #expect(Harness.run(9, [255, 255, 255, 255] + input.dropFirst(4)).halt == .outOfGas)
    }

    /// The state of BLAKE2b-512 and the block of the message "abc".
    private static func blake2(_ rounds: UInt8, _ flag: UInt8) throws -> [UInt8] {
        let state = try Hex.decode(
            "0x48c9bdf267e6096a3ba7ca8485ae67bb2bf894fe72f36e3cf1361d5f3af54fa5d182e6ad7f520e511f6c3e2b8c68059b6bbd41fbabd9831f79217e1319cde05b"
        )
        let zeros = [UInt8](repeating: 0, count: 141)
        return [0, 0, 0, rounds] + state + [0x61, 0x62, 0x63] + zeros[..<125] + [3] + zeros[..<15] + [flag]
    }

    @Test(arguments: [
        (0x06, 150, 128), (0x07, 6_000, 96), (0x08, 79_000, 192), (0x0a, 50_000, 192), (0x0b, 375, 256), (0x0d, 600, 512),
        (0x0f, 70_300, 384), (0x10, 5_500, 64), (0x11, 23_800, 128), (0x0100, 6_900, 160),
    ])
    func curvesAreUnsupportedOnceTheGasSuffices(number: UInt64, gas: Gas, size: Int) {
        let input = [UInt8](repeating: 0, count: size)
        #expect(Harness.run(number, input, gas: gas, .osaka).isUnsupported)
        #expect(Harness.run(number, input, gas: gas - 1, .osaka).halt == .outOfGas)
    }

    @Test(arguments: [0x08, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11])
    func curvesRefuseSizesThatNoneOfTheirInputsHas(number: UInt64) {
        #expect(Harness.run(number, [UInt8](repeating: 0, count: 191)).halt == .precompileFailed)
    }
}
