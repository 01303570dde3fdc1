import KeeperCore

/// The level scale of a chart: slots from left to right, many of them gathered into bins.
struct TimeAxis {
    let starts: [UInt64]
    let slotLength: UInt64

    /// Width of a drawing in its own units; it is stretched to the page's.
    static let width = 1000.0

    /// Slots gathered into one place: each its own up to 200, then days, or what comes near.
    var bins: [Range<Int>] {
        Swift.stride(from: 0, to: starts.count, by: binSize).map { $0..<min($0 + binSize, starts.count) }
    }

    /// What a bin is, for a caption.
    var binName: String {
        if binSize == 1 { return "each slot" }
        return binSize == slotsOfDay ? "mean of each day's slots" : "mean of \(binSize) slots each"
    }

    private var slotsOfDay: Int { slotLength == 3600 ? 24 : 1 }

    private var binSize: Int {
        guard starts.count > 200 else { return 1 }
        var size = max(slotsOfDay, 2)
        while starts.count / size > 400 { size *= 2 }
        return size
    }

    /// Where the middle of a slot, or of a bin, is.
    func x(_ slot: Int) -> Double { (Double(slot) + 0.5) / Double(max(1, starts.count)) * Self.width }
    func x(_ bin: Range<Int>) -> Double {
        Double(bin.lowerBound + bin.upperBound) / 2 / Double(max(1, starts.count)) * Self.width
    }
    /// Where it ends.
    func end(_ bin: Range<Int>) -> Double { Double(bin.upperBound) / Double(max(1, starts.count)) * Self.width }

    /// A handful of dates, or of times when all is within two days.
    var labels: String {
        guard let first = starts.first, let last = starts.last else { return "" }
        let days = last - first > 2 * 86_400
        return [0, 1, 2, 3, 4].map { quarter in
            let text = UTC.minute(starts[(starts.count - 1) * quarter / 4])
            return "<span>\(days ? String(text.prefix(10).suffix(5)) : String(text.suffix(5)))</span>"
        }.joined()
    }
}
