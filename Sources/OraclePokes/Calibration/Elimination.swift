/// A matrix of whole numbers brought to reduced row echelon form without fractions (Bareiss 1968, as Gauss-Jordan): every division is
/// exact. Of linearly dependent columns the first ones become pivots.
struct Elimination: Sendable {
    /// Columns that do not depend on those before them.
    private(set) var pivots: [Int] = []
    /// A row for each pivot: `scale` in its pivot column, zero in the other pivot columns.
    private(set) var rows: [[BigInteger]] = []
    /// What stands in every pivot column.
    private(set) var scale = BigInteger.one

    /// - Parameters:
    ///   - matrix: rows of the same length.
    ///   - columns: how many columns, from the first, may become pivots.
    init(_ matrix: [[BigInteger]], columns: Int) {
        var rest = matrix
        for column in 0..<columns {
            guard let found = rest.firstIndex(where: { !$0[column].isZero }) else { continue }
            let pivot = rest.remove(at: found)
            let value = pivot[column]
            func reduced(_ row: [BigInteger]) -> [BigInteger] {
                let factor = row[column]
                return zip(row, pivot).map { ($0 * value - factor * $1) / scale }
            }
            rest = rest.map(reduced)
            rows = rows.map(reduced) + [pivot]
            pivots.append(column)
            scale = value
        }
    }
}
