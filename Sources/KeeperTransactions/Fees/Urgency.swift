/// How pressing a wish is, in thousandths: 0 when it comes up, 1000 from its deadline on, in a straight line between.
public struct Urgency: Sendable, Hashable, Comparable {
    public let thousandths: UInt64

    public static let none = Urgency(thousandths: 0)
    public static let full = Urgency(thousandths: 1000)

    private init(thousandths: UInt64) { self.thousandths = thousandths }

    /// - Parameters: all in unix seconds of blocks.
    public init(at time: UInt64, since start: UInt64, deadline: UInt64) {
        if time >= deadline {
            self = .full
        } else if time <= start {
            self = .none
        } else {
            // start < time < deadline; seconds of thousands of years do not overflow a thousandfold.
            let (part, overflow) = (time - start).multipliedReportingOverflow(by: 1000)
            self.init(thousandths: overflow ? 1000 : part / (deadline - start))
        }
    }

    public static func < (a: Self, b: Self) -> Bool { a.thousandths < b.thousandths }
}
