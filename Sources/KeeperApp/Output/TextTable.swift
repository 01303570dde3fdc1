/// Columns of text: the first left-aligned, the others right-aligned, two spaces between.
enum TextTable {
    static func text(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in line(row, widths) }.joined(separator: "\n")
    }

    private static func line(_ row: [String], _ widths: [Int]) -> String {
        var cells: [String] = []
        for (cell, width) in zip(row, widths) {
            let padding = String(repeating: " ", count: width - cell.count)
            cells.append(cells.isEmpty ? cell + padding : padding + cell)
        }
        return cells.joined(separator: "  ")
    }
}
