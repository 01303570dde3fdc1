import EthPrimitives

/// The model's parameters as receipts determine them: least squares over all receipts, exact, rounded to whole gas at the end.
struct GasFit: Sendable {
    struct Value: Sendable, Hashable {
        var parameter: PokeGasParameter
        var before: Gas
        var fitted: Gas
        /// Parameters that stay as they are and that receipts do not tell apart from this one: only the sum is determined.
        var along: [PokeGasParameter]
        /// The only branch without which this one would not be determined, and its receipts.
        var decisive: Decisive?

        struct Decisive: Sendable, Hashable {
            var branch: String
            var receipts: Int
        }
    }

    /// In the model's order.
    private(set) var values: [Value] = []
    /// Paid by some receipt, and still not determined beside those fitted.
    private(set) var undetermined: [PokeGasParameter] = []
    /// Paid by no receipt.
    private(set) var unseen: [PokeGasParameter] = []
    /// Fits that no model can have, a negative one or a discount of more than there is: these stay as they are.
    private(set) var refused: [PokeGasParameter] = []
    /// The model with what was fitted.
    private(set) var model: PokeGasModel

    init(_ pokes: [MeasuredPoke], from model: PokeGasModel) {
        self.model = model
        let groups = Self.groups(pokes)
        while true {
            let columns = PokeGasParameter.allCases.indices.filter { column in
                !refused.contains(PokeGasParameter.allCases[column]) && groups.contains { $0.terms.counts[column] != 0 }
            }
            let fit = Fit(groups, columns, model)
            let unfit = fit.unfit(model)
            refused += unfit
            guard unfit.isEmpty else { continue }
            self.model = fit.applied(to: model) ?? model
            values = fit.values(before: model)
            undetermined = fit.dependent.map { PokeGasParameter.allCases[$0] }
            break
        }
        unseen = PokeGasParameter.allCases.enumerated().filter { column, _ in
            groups.allSatisfy { $0.terms.counts[column] == 0 }
        }.map(\.element)
    }

    /// Pokes that pay the same.
    fileprivate struct Group: Sendable {
        var terms: GasTerms
        var branch: String
        var receipts = 0
        var gas = BigInteger.zero
    }

    private static func groups(_ pokes: [MeasuredPoke]) -> [Group] {
        var groups: [Group] = []
        var known: [GasTerms: Int] = [:]
        for poke in pokes {
            let terms = GasTerms(of: poke)
            let index = known[terms] ?? groups.count
            if index == groups.count {
                known[terms] = index
                groups.append(Group(terms: terms, branch: poke.branch))
            }
            groups[index].receipts += 1
            groups[index].gas = groups[index].gas + BigInteger(Int(min(poke.gasUsed, MeasuredPoke.mostGas)))
        }
        return groups
    }
}

/// One solution.
private struct Fit {
    let groups: [GasFit.Group]
    /// Columns that take part.
    let columns: [Int]
    /// Those that are determined, given that the others stay.
    let pivots: [Int]
    /// Those that are not.
    let dependent: [Int]
    private let elimination: Elimination
    /// In the order of `pivots`.
    let solution: [BigInteger]

    init(_ groups: [GasFit.Group], _ columns: [Int], _ model: PokeGasModel) {
        self.groups = groups
        self.columns = columns
        let elimination = Self.elimination(groups, columns)
        let pivots = elimination.pivots.map { columns[$0] }
        self.elimination = elimination
        self.pivots = pivots
        dependent = columns.filter { !pivots.contains($0) }
        solution = Self.solution(groups, pivots, model)
    }

    static func elimination(_ groups: [GasFit.Group], _ columns: [Int]) -> Elimination {
        Elimination(groups.map { group in columns.map { BigInteger(group.terms.counts[$0]) } }, columns: columns.count)
    }

    /// The normal equations, each group counting as often as it has receipts.
    private static func solution(_ groups: [GasFit.Group], _ pivots: [Int], _ model: PokeGasModel) -> [BigInteger] {
        var matrix = pivots.map { _ in [BigInteger](repeating: .zero, count: pivots.count + 1) }
        for group in groups {
            let count = BigInteger(group.receipts)
            let held = group.terms.counts.indices.filter { !pivots.contains($0) }.map { column in
                BigInteger(group.terms.counts[column]) * BigInteger(Int(model[PokeGasParameter.allCases[column]]))
            }.reduce(BigInteger(group.terms.constant), +)
            let rest = group.gas - held * count
            for (row, pivot) in pivots.enumerated() {
                let times = BigInteger(group.terms.counts[pivot])
                for (column, other) in pivots.enumerated() {
                    matrix[row][column] = matrix[row][column] + times * count * BigInteger(group.terms.counts[other])
                }
                matrix[row][pivots.count] = matrix[row][pivots.count] + times * rest
            }
        }
        // Independent columns have a normal matrix of full rank: each row has its pivot.
        let solved = Elimination(matrix, columns: pivots.count)
        return solved.rows.map { BigInteger.rounded($0[pivots.count], over: solved.scale) }
    }

    /// The model with the solution; `nil` if a parameter is negative or too large for any.
    func applied(to model: PokeGasModel) -> PokeGasModel? {
        var fitted = model
        for (column, value) in zip(pivots, solution) {
            guard let gas = value.asInt, gas >= 0, Gas(gas) <= PokeGasModel.most else { return nil }
            fitted[PokeGasParameter.allCases[column]] = Gas(gas)
        }
        return fitted
    }

    /// What no model can have.
    func unfit(_ model: PokeGasModel) -> [PokeGasParameter] {
        let outside = zip(pivots, solution).filter { _, value in
            value < .zero || value > BigInteger(Int(PokeGasModel.most))
        }.map { PokeGasParameter.allCases[$0.0] }
        guard outside.isEmpty, let fitted = applied(to: model) else { return outside }
        guard let broken = PokeGasModel.discounts.first(where: { fitted[$0.discount] > fitted[$0.from] }) else { return [] }
        // One of the two was fitted, or the model had not been usable before.
        let fittedOnes = pivots.map { PokeGasParameter.allCases[$0] }
        return [broken.discount, broken.from].filter(fittedOnes.contains)
    }

    func values(before: PokeGasModel) -> [GasFit.Value] {
        let without = groups.indices.map { index in
            let rest = groups.indices.filter { $0 != index }.map { groups[$0] }
            return Set(Self.elimination(rest, columns).pivots.map { columns[$0] })
        }
        return pivots.indices.map { row in
            let column = pivots[row]
            let along = columns.indices.filter { dependent.contains(columns[$0]) && !elimination.rows[row][$0].isZero }
            let needed = groups.indices.filter { !without[$0].contains(column) }
            let decisive = needed.first { groups[$0].terms.counts[column] != 0 } ?? needed.first
            return GasFit.Value(
                parameter: PokeGasParameter.allCases[column], before: before[PokeGasParameter.allCases[column]],
                fitted: solution[row].asInt.map { Gas(max(0, $0)) } ?? 0,
                along: along.map { PokeGasParameter.allCases[columns[$0]] },
                decisive: decisive.map { .init(branch: groups[$0].branch, receipts: groups[$0].receipts) })
        }
    }
}
