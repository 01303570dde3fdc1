import EthPrimitives

/// Receipts beside what a model says, by branch.
struct GasCheck: Sendable {
    struct Branch: Sendable, Hashable {
        var title: String
        var receipts: Int
        /// What the model says.
        var model: Gas
        /// The least and the most that was used.
        var least: Gas
        var most: Gas

        /// The difference that is farther from nothing; positive where more was used than the model says.
        var difference: Int {
            let (low, high) = (Int(least) - Int(model), Int(most) - Int(model))
            return low.magnitude > high.magnitude ? low : high
        }
    }

    /// The most receipts first.
    private(set) var branches: [Branch] = []
    private(set) var exact = 0
    /// Not exact, and at most a hundredth of the gas used away.
    private(set) var close = 0
    private(set) var worse = 0
    /// The poke that is farthest away, unless all are exact.
    private(set) var worst: MeasuredPoke?

    init(_ pokes: [MeasuredPoke], _ model: PokeGasModel) {
        var known: [Branch: Int] = [:]
        var farthest: UInt = 0
        for poke in pokes {
            let predicted = poke.predicted(by: model)
            let key = Branch(title: poke.branch, receipts: 0, model: predicted, least: 0, most: 0)
            if let index = known[key] {
                branches[index].receipts += 1
                branches[index].least = min(branches[index].least, poke.gasUsed)
                branches[index].most = max(branches[index].most, poke.gasUsed)
            } else {
                known[key] = branches.count
                branches.append(
                    Branch(title: key.title, receipts: 1, model: predicted, least: poke.gasUsed, most: poke.gasUsed))
            }
            let distance = poke.difference(from: model).magnitude
            if distance == 0 { exact += 1 } else if distance * 100 <= UInt(poke.gasUsed) { close += 1 } else { worse += 1 }
            if distance > farthest { (farthest, worst) = (distance, poke) }
        }
        branches.sort { ($1.receipts, $0.title, $0.model) < ($0.receipts, $1.title, $1.model) }
    }
}
