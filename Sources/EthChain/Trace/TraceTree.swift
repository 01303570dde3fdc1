internal import EthEVM
internal import EthPrimitives

/// The lines of a tree of calls while they are being written.
struct TraceTree {
    private let extent: TraceExtent
    private let words: TraceWords
    private let starved: Set<[Int]>
    private var lines: [String] = []
    private var leftOut = 0

    init(_ extent: TraceExtent, _ words: TraceWords, _ starved: Set<[Int]>) {
        self.extent = extent
        self.words = words
        self.starved = starved
    }

    var text: String {
        (lines + (leftOut > 0 ? ["… \(leftOut) lines more"] : [])).joined(separator: "\n")
    }

    mutating func add(_ frame: FrameTrace) { add(frame, path: [], branch: "", trunk: "") }

    /// - Parameters:
    ///   - branch: in front of this line.
    ///   - trunk: in front of the lines of what is inside.
    private mutating func add(_ frame: FrameTrace, path: [Int], branch: String, trunk: String) {
        let end = "  \(gas(frame))  \(result(frame, path))"
        let room = max(24, extent.width - branch.count - min(end.count, extent.width / 2))
        append(branch + title(frame).shortened(to: room) + end)
        var inside: [(inout TraceTree, String, String) -> Void] = []
        if path.count < extent.depth {
            for (index, child) in frame.children.enumerated() {
                inside.append { $0.add(child, path: path + [index], branch: $1, trunk: $2) }
            }
        } else if !frame.children.isEmpty {
            let count = frame.children.reduce(0) { $0 + $1.count }
            inside.append { tree, branch, _ in tree.append("\(branch)… \(count) \(count == 1 ? "call" : "calls") inside") }
        }
        if extent.logs {
            for log in frame.logs { inside.append { tree, branch, _ in tree.append("\(branch)log \(tree.words.log(log))") } }
        }
        if extent.writes {
            for write in frame.writes {
                inside.append { tree, branch, _ in
                    let (slot, value) = (tree.words.word(write.slot.bigEndianBytes), tree.words.word(write.value.bigEndianBytes))
                    tree.append("\(branch)write \(tree.words.name(write.address))[\(slot)] = \(value)")
                }
            }
        }
        for (index, line) in inside.enumerated() {
            let isLast = index == inside.count - 1
            line(&self, trunk + (isLast ? "└─ " : "├─ "), trunk + (isLast ? "   " : "│  "))
        }
    }

    private mutating func append(_ line: String) {
        if lines.count < extent.lines { lines.append(line.shortened(to: extent.width)) } else { leftOut += 1 }
    }

    private func title(_ frame: FrameTrace) -> String {
        let value = frame.value > .zero && frame.kind != .delegateCall ? " with \(frame.value)" : ""
        let target = words.name(frame.to)
        return switch frame.kind {
        case .call: "\(target).\(words.call(frame.input))\(value)"
        case .callCode: "callcode \(target).\(words.call(frame.input))\(value)"
        case .delegateCall: "delegatecall \(target).\(words.call(frame.input))"
        case .staticCall: "staticcall \(target).\(words.call(frame.input))"
        case .create, .create2: "\(frame.kind.rawValue.lowercased()) \(target) (\(frame.input.count) bytes)\(value)"
        case .selfDestruct: "selfdestruct, balance to \(target)\(value)"
        }
    }

    private func gas(_ frame: FrameTrace) -> String {
        let refund = frame.refund == 0 ? "" : ", refund \(GasText.of(frame.refund))"
        return "gas \(GasText.of(frame.gasUsed)) of \(GasText.of(frame.gasGiven))\(refund)"
    }

    private func result(_ frame: FrameTrace, _ path: [Int]) -> String {
        let mark = starved.contains(path) ? "STARVED " : ""
        switch frame.outcome {
        case .succeeded:
            let isCreation = frame.kind == .create || frame.kind == .create2
            let output = isCreation ? "\(frame.output.count) bytes of code" : words.output(frame.output, of: frame.input)
            // In a run with ample gas it is the one that starves when there is less.
            return (output.isEmpty ? "ok" : "→ \(output)") + (mark.isEmpty ? "" : "  (STARVES FIRST)")
        case .reverted: return "\(mark)reverted: \(words.reason(frame.output))"
        case .halted(let halt): return "\(mark)failed: \(halt.text)"
        case .refused(let refusal): return "\(mark)not made: \(refusal.text)"
        }
    }
}

extension FrameTrace {
    /// This frame and all inside.
    fileprivate var count: Int { children.reduce(1) { $0 + $1.count } }
}

/// Numbers of gas with commas, as people compare them.
enum GasText {
    static func of(_ gas: some BinaryInteger) -> String {
        let digits = String(gas.magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return gas < 0 ? "-" + text : text
    }
}
