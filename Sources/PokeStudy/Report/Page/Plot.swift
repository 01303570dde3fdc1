/// A chart: a drawing that is stretched to the page's width, and words beside it that are not.
struct Plot {
    let title: String
    let axis: Axis
    let time: TimeAxis
    /// How an amount is written at the side.
    let label: (Int128) -> String
    /// SVG inside of a drawing of 1000 × 100 units, y downwards.
    var drawing = ""
    /// Words on the drawing at its right edge, by height from 0 to 1.
    var marks: [(height: Double, text: String)] = []

    init(_ title: String, _ axis: Axis, _ time: TimeAxis, label: @escaping (Int128) -> String) {
        self.title = title
        self.axis = axis
        self.time = time
        self.label = label
    }

    /// A coordinate with one place after the point: a tenth of a unit is less than a pixel.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }

    func y(_ value: Int128) -> Double { 100 - axis.height(value) * 100 }

    /// A path through points.
    static func path(_ points: [(x: Double, y: Double)]) -> String {
        points.enumerated().map { ($0.offset == 0 ? "M" : "L") + number($0.element.x) + " " + number($0.element.y) }.joined()
    }

    /// Round dots: lines without length, which keep their form when the drawing is stretched.
    static func dots(_ points: [(x: Double, y: Double)]) -> String {
        points.map { "M\(number($0.x)) \(number($0.y))h0" }.joined()
    }

    var html: String {
        let ticks = axis.ticks.map { (percent: Self.number(100 - axis.height($0) * 100), text: label($0), isZero: $0 == 0) }
        let grid = ticks.map { "<path class=\"\($0.isZero ? "zero" : "grid")\" d=\"M0 \($0.percent)H1000\"/>" }.joined()
        let names = ticks.map { "<span style=\"top:\($0.percent)%\">\(HTML.text($0.text))</span>" }.joined()
        let marks = marks.map { "<b style=\"top:\(Self.number(100 - $0.height * 100))%\">\(HTML.text($0.text))</b>" }.joined()
        return "<div class=plot><div class=y aria-hidden=true>\(names)</div><div class=area>"
            + "<svg viewBox=\"0 0 1000 100\" preserveAspectRatio=none role=img><title>\(HTML.text(title))</title>"
            + "\(grid)\(drawing)</svg>\(marks)</div><div class=x aria-hidden=true>\(time.labels)</div></div>\n"
    }
}
