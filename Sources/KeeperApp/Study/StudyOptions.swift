import ArgumentParser

/// Flags of `backtest` that compare strategies over a scenario.
struct StudyOptions: ParsableArguments {
    @Option(help: "A scenario instead of a recording: compare strategies in it.", completion: .file())
    var scenario: String?

    @Option(
        help: ArgumentHelp(
            "Strategies to compare, with commas between; \"list\" shows them. Without it the configuration as it is.",
            valueName: "names"))
    var strategy: String?

    @Option(
        help: ArgumentHelp(
            "A key of the configuration and the values to try, such as patience=0s,60s; several sweeps are combined.",
            valueName: "key=values"))
    var sweep: [String] = []

    @Option(help: "Who says what a poke costs: measured (our machine, the scenario's contracts) or table (a real chain's).")
    var prices: Prices = .measured

    @Option(help: "Strategies at a time; by default as many as there are processors. The result is the same.")
    var jobs: Int?

    @Option(help: "Write the comparison as a page to this file.")
    var report: String?

    @Option(help: "Write a line for each slot and strategy to this file.")
    var csv: String?

    @Option(help: "Write each poke, with what another machine needs to execute it again, to this file.")
    var pokes: String?

    enum Prices: String, ExpressibleByArgument, CaseIterable { case measured, table }

    func validate() throws {
        if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs: expected 1 to 1024, got \(jobs)") }
        if pokes != nil, prices == .table {
            throw ValidationError("--pokes: another machine executes the scenario's contracts: it needs --prices measured")
        }
        guard scenario == nil, strategy != "list" else { return }
        let orphan: KeyValuePairs = [
            "--strategy": strategy != nil, "--sweep": !sweep.isEmpty, "--jobs": jobs != nil, "--report": report != nil,
            "--csv": csv != nil, "--pokes": pokes != nil,
        ]
        if let flag = orphan.first(where: \.value)?.key {
            throw ValidationError("\(flag) compares strategies: it needs --scenario")
        }
    }
}
