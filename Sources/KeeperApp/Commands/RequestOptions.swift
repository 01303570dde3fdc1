import ArgumentParser
import KeeperCore
import KeeperStore

/// How a request reaches the running keeper, and how long its answer is waited for.
struct RequestOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Wait so long for the keeper's answer, such as 30s.", valueName: "time"))
    var wait = "30s"

    @Flag(help: "Leave the request there for the keeper's next start if it does not answer in time.")
    var leave = false

    private static let pause: UInt64 = 200

    func validate() throws { _ = try milliseconds() }

    private func milliseconds() throws -> UInt64 { try Self.seconds(wait, flag: "--wait") * 1000 }

    /// A duration with its unit, in seconds.
    static func seconds(_ text: String, flag: String) throws -> UInt64 {
        guard let seconds = Duration.seconds(parsing: text) else {
            throw ValidationError("\(flag): expected a duration such as 30s, 5m or 2h, got \"\(text)\"")
        }
        return seconds
    }

    /// Leaves a request in the keeper's store, and prints the answer.
    /// - Throws: `ConfigError`, `StoreError`; `NotTaken`, `NotAccepted`.
    func ask<P: KeeperProgram>(_ request: OperatorRequest, _ wiring: Wiring<P>) async throws {
        guard let path = wiring.common.store else { throw ConfigError("store", "the key is missing") }
        let counter = try OrderCounter(path: path)
        let id = try counter.place(request)
        var left = try milliseconds()
        while true {
            if let answer = try counter.answer(to: id) { return try Self.tell(answer) }
            guard left > 0 else { break }
            let step = min(left, Self.pause)
            left -= step
            try await Task.sleep(for: .milliseconds(Int64(step)))
        }
        if leave { return Terminal.print("no answer within \(wait): \(request.text) waits for the keeper") }
        // It may have answered just now.
        if try !counter.withdraw(id), let answer = try counter.answer(to: id) { return try Self.tell(answer) }
        throw NotTaken(
            description:
                "no keeper answered within \(wait), the request was withdrawn: does it run? One that had taken it before may still "
                + "do it; --leave leaves a request there")
    }

    private static func tell(_ answer: OperatorAnswer) throws {
        guard answer.isAccepted else { throw NotAccepted(description: answer.text) }
        Terminal.print(answer.text)
    }
}

/// No process took the request.
private struct NotTaken: ExitCodeProviding, CustomStringConvertible {
    var description: String
    var exitCode: KeeperExitCode { .tryAgainLater }
}

/// The keeper has nothing that the request is about.
private struct NotAccepted: ExitCodeProviding, CustomStringConvertible {
    var description: String
    var exitCode: KeeperExitCode { .badData }
}
