import EthPrimitives
import Testing

@Suite("Int256")
struct Int256Tests {
    @Test(
        "decimal text goes both ways",
        arguments: [
            "0", "1", "-1", "-200000000", "57896044618658097711785492504343953926634992332820282019728792003956564819967",
            "-57896044618658097711785492504343953926634992332820282019728792003956564819968",
        ])
    func text(_ text: String) throws {
        #expect(try #require(Int256(text)).description == text)
    }

    @Test(
        "text that is no signed 256-bit integer is refused",
        arguments: [
            "", "-", "+1", "--1", "1.0", "57896044618658097711785492504343953926634992332820282019728792003956564819968",
            "-57896044618658097711785492504343953926634992332820282019728792003956564819969",
        ])
    func invalid(_ text: String) { #expect(Int256(text) == nil) }

    @Test("order, sign and magnitude agree with Int64")
    func order() throws {
        let samples: [Int64] = [.min, -2, -1, 0, 1, 2, .max]
        for a in samples {
            #expect(Int256(a).magnitude == UInt256(a.magnitude))
            #expect(Int256(a).isNegative == (a < 0))
            #expect(Int256(exactly: a) == Int256(a))
            for b in samples { #expect((Int256(a) < Int256(b)) == (a < b)) }
        }
        #expect(-Int256(5) == -5)
        #expect((-Int256.max).description == "-57896044618658097711785492504343953926634992332820282019728792003956564819967")
        #expect(Int256.min < Int256.max)
        #expect(Int256(exactly: UInt256.max) == nil)
    }
}
