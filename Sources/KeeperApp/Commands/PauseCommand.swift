import ArgumentParser
import EthRPC
import KeeperCore

/// `pause`: sends nothing new for a while.
struct PauseCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "pause",
            abstract: "Let the running keeper send nothing new for a while; what is in flight is looked after.",
            discussion:
                "A pause always ends: say when. It lasts over restarts of the keeper. \"\(P.name) resume\" ends it before.")
    }

    @OptionGroup var options: ConfigOptions

    @Option(name: .customLong("for"), help: ArgumentHelp("How long, such as 2h.", valueName: "time"))
    var duration: String?

    @Option(help: ArgumentHelp("Until then, such as 2026-01-29T15:00Z, or @ and unix seconds.", valueName: "time"))
    var until: String?

    @OptionGroup var request: RequestOptions

    func validate() throws { _ = try pause() }

    private func pause() throws -> OperatorRequest {
        switch (duration, until) {
        case (let text?, nil):
            let seconds = try RequestOptions.seconds(text, flag: "--for")
            guard seconds > 0, seconds <= RequestMeaning.longestPause else {
                throw ValidationError("--for: expected more than nothing and at most 30 days, got \(text)")
            }
            return .pause(seconds: seconds)
        case (nil, let text?):
            guard case .time(let time)? = try CassettePlace(text, flag: "--until") else {
                throw ValidationError("--until: expected a time such as 2026-01-29T15:00Z, got \"\(text)\"")
            }
            return .pauseUntil(time)
        case (nil, nil), (_?, _?): throw ValidationError("expected one of --for and --until: a pause must end")
        }
    }

    func run() async throws {
        try await request.ask(try pause(), Wiring<P>(options.loader(readsNodeVariables: false)))
    }
}

/// `resume`: ends a pause, and the retirement of a keeper.
struct ResumeCommand<P: KeeperProgram>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "resume", abstract: "End a pause before its time, or with --leave a retirement.")
    }

    @OptionGroup var options: ConfigOptions
    @OptionGroup var request: RequestOptions

    func run() async throws { try await request.ask(.resume, Wiring<P>(options.loader(readsNodeVariables: false))) }
}
