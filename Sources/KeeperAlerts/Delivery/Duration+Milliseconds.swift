extension Duration {
    /// Whole milliseconds, for a time since 1970 too; zero below zero.
    var unixMilliseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1000)
        // Far beyond any clock, and far enough below the end for sums.
        guard !overflow, whole < UInt64.max / 2 else { return UInt64.max / 2 }
        return whole + UInt64(attoseconds) / 1_000_000_000_000_000
    }

    init(unixMilliseconds: UInt64) { self = .milliseconds(Int64(clamping: unixMilliseconds)) }
}
