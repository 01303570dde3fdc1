import Testing

@testable import OraclePokes

@Suite("Whole numbers of any size")
struct BigIntegerTests {
    private static let values = [0, 1, -1, 2, 7, -7, 1 << 31, 1 << 32, -(1 << 32) - 1, 1 << 62, Int.max, -Int.max]

    @Test("what fits an Int behaves as an Int", arguments: values)
    func small(_ a: Int) {
        for b in Self.values {
            let (x, y) = (BigInteger(a), BigInteger(b))
            #expect((x < y) == (a < b) && (x == y) == (a == b))
            let (sum, overflow) = a.addingReportingOverflow(b)
            if !overflow { #expect((x + y).asInt == sum) }
            let (product, wide) = a.multipliedReportingOverflow(by: b)
            if !wide { #expect((x * y).asInt == product) }
            if b != 0 { #expect((x / y).asInt == a / b) }
        }
    }

    @Test("a product divided by a factor is the other one, however large, and a rest smaller than the divisor changes nothing")
    func large() {
        let parts = Self.values.filter { $0 != 0 }.map(BigInteger.init)
        var product = BigInteger.one
        for part in parts {
            let grown = product * part
            #expect(grown / part == product && grown / product == part)
            #expect((grown.magnitude + part.magnitude - .one) / part.magnitude == product.magnitude)
            #expect(grown - grown == .zero && grown + grown == grown * BigInteger(2))
            product = grown
        }
        #expect(product.asInt == nil)
    }

    @Test(
        "quotients are rounded to the nearest whole number, a half away from zero",
        arguments: [(7, 2, 4), (-7, 2, -4), (7, -2, -4), (6, 4, 2), (5, 4, 1), (-5, 4, -1), (0, 3, 0), (1, 3, 0), (2, 3, 1)])
    func rounding(a: Int, b: Int, expected: Int) {
        #expect(BigInteger.rounded(BigInteger(a), over: BigInteger(b)).asInt == expected)
    }
}

@Suite("Elimination without fractions")
struct EliminationTests {
    private func matrix(_ rows: [[Int]]) -> [[BigInteger]] { rows.map { $0.map(BigInteger.init) } }

    @Test("a system with one solution is solved exactly")
    func solves() {
        // x = 2/3, y = -5/7, z = 11
        let elimination = Elimination(matrix([[3, 7, 1, 8], [6, -14, 2, 36], [0, 7, 5, 50]]), columns: 3)
        #expect(elimination.pivots == [0, 1, 2])
        let (scale, right) = (elimination.scale, elimination.rows.map { $0[3] })
        #expect(right[0] * BigInteger(3) == scale * BigInteger(2))
        #expect(right[1] * BigInteger(7) == scale * BigInteger(-5))
        #expect(right[2] == scale * BigInteger(11))
    }

    @Test("of columns that depend on each other the first ones are pivots")
    func dependent() {
        let elimination = Elimination(matrix([[1, 2, 0, 3], [1, 2, 1, 4], [2, 4, 5, 11]]), columns: 4)
        #expect(elimination.pivots == [0, 2])
        #expect(elimination.rows.allSatisfy { $0.count == 4 })
        // Column 1 is twice column 0 and has nothing of column 2.
        #expect(elimination.rows[0][1] == elimination.scale * BigInteger(2) && elimination.rows[1][1].isZero)
    }

    @Test("nothing has no pivots")
    func nothing() {
        #expect(Elimination([], columns: 3).pivots.isEmpty)
        #expect(Elimination(matrix([[0, 0]]), columns: 2).pivots.isEmpty)
    }
}
