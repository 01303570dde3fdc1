import ArgumentParser

/// The strategies that a command line names, each with the keys that it sets.
struct StrategyList {
    private(set) var strategies: [NamedStrategy]

    /// The most that a sweep may come to.
    private static let most = 4096

    /// - Parameters:
    ///   - names: with commas between; `nil` for the configuration as it is.
    ///   - sweeps: `key=value,value`; a key without a dot is one of the program's section.
    ///   - known: those that have a name.
    /// - Throws: `ValidationError` naming what is wrong.
    init(names: String?, sweeps: [String], known: [NamedStrategy], section: String) throws {
        strategies = []
        for name in names.map({ $0.split(separator: ",", omittingEmptySubsequences: false) }) ?? [] {
            guard let strategy = known.first(where: { $0.name == name }) else {
                let all = known.map(\.name).joined(separator: ", ")
                throw ValidationError("--strategy: \"\(name)\" is none; expected \(all)")
            }
            strategies.append(strategy)
        }
        if strategies.isEmpty { strategies = [NamedStrategy("configured", "the configuration as it is")] }
        for sweep in sweeps {
            let parts = sweep.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let values = parts.count == 2 ? parts[1].split(separator: ",", omittingEmptySubsequences: false) : []
            guard parts.count == 2, !parts[0].isEmpty, values.allSatisfy({ !$0.isEmpty }) else {
                throw ValidationError("--sweep: expected a key and its values, such as patience=0s,60s, got \"\(sweep)\"")
            }
            let key = parts[0].contains(".") ? String(parts[0]) : "\(section).\(parts[0])"
            strategies = strategies.flatMap { strategy in
                values.map { value in
                    var swept = strategy
                    swept.name += " \(parts[0])=\(value)"
                    swept.settings.append(NamedStrategy.Setting(key, String(value)))
                    return swept
                }
            }
            guard strategies.count <= Self.most else {
                throw ValidationError("--sweep: \(strategies.count) strategies are too many: expected at most \(Self.most)")
            }
        }
        for (index, strategy) in strategies.enumerated() where strategies[..<index].contains(where: { $0.name == strategy.name })
        {
            throw ValidationError("--strategy: \(strategy.name) stands there twice")
        }
    }
}
