import ArgumentParser
import EthPrimitives
import EthRPC
import Foundation
import KeeperCore

/// `backtest --scenario`: strategies beside the baseline.
struct StudyRunner<P: KeeperProgram> {
    let options: StudyOptions
    let config: ConfigOptions
    let range: CassetteRange?
    let feesNow: Wei
    let json: Bool

    /// Prints what strategies there are.
    static func printStrategies() {
        let width = P.strategies.map(\.name.count).max() ?? 0
        for strategy in P.strategies {
            Terminal.print(strategy.name + String(repeating: " ", count: width + 2 - strategy.name.count) + strategy.summary)
        }
    }

    func run(_ scenario: String) async throws {
        let list = try StrategyList(
            names: options.strategy, sweeps: options.sweep, known: P.strategies, section: P.name)
        let files = [("--report", options.report), ("--csv", options.csv), ("--pokes", options.pokes)]
        for case let (flag, path?) in files where !FileManager.default.fileExists(atPath: folder(of: path)) {
            throw ConfigError(flag, "the folder of \(path) is not there")
        }
        let bar = StudyProgress()
        let request = StudyRequest<P.Configuration>(
            scenario: scenario, strategies: try list.strategies.map(strategy), usesTable: options.prices == .table,
            from: try time(range?.from, "--from"), to: try time(range?.to, "--to"),
            parallelism: options.jobs ?? ProcessInfo.processInfo.activeProcessorCount, feesNow: feesNow,
            keepsPokes: options.pokes != nil, progress: { bar.update($0, of: $1) })
        let report = try await P.study(request)
        try write(report.page, to: options.report, "--report")
        try write(report.csv, to: options.csv, "--csv")
        if let path = options.pokes { try write(Data(report.pokes), to: path, "--pokes") }
        Terminal.print(json ? report.json : report.text)
    }

    private func strategy(_ named: NamedStrategy) throws -> StudyRequest<P.Configuration>.Strategy {
        var loader = config.loader(readsNodeVariables: false)
        for setting in named.settings {
            let key = setting.key.split(separator: ".").map(String.init)
            loader.flags.append((key, setting.value, "strategy \(named.name)"))
        }
        let wiring = try Wiring<P>(loader)
        return StudyRequest<P.Configuration>.Strategy(
            name: named.name, common: wiring.common, configuration: wiring.configuration)
    }

    private func time(_ place: CassettePlace?, _ flag: String) throws -> UInt64? {
        switch place {
        case .time(let seconds)?: return seconds
        case .block?: throw ValidationError("\(flag): a scenario is cut by time, such as 2022-08-01")
        case nil: return nil
        }
    }

    private func folder(of path: String) -> String { URL(filePath: path).deletingLastPathComponent().path }

    private func write(_ text: String, to path: String?, _ flag: String) throws {
        if let path { try write(Data(text.utf8), to: path, flag) }
    }

    private func write(_ data: Data, to path: String, _ flag: String) throws {
        do { try data.write(to: URL(filePath: path), options: .atomic) } catch {
            throw ConfigError(flag, "cannot write \(path)")
        }
    }
}
