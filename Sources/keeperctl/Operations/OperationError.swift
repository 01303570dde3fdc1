import KeeperApp

/// Why an operation has no result: one line that names the problem, and the exit code of the table in `keepers/README.md`.
struct OperationError: ExitCodeProviding, Equatable, CustomStringConvertible {
    var exitCode: KeeperExitCode
    /// Never holds a key or a password.
    var message: String

    var description: String { message }

    /// The request itself is wrong: an unknown operation, a member missing or too many.
    static func usage(_ message: String) -> OperationError { OperationError(exitCode: .usage, message: message) }

    /// What was given is not of the form that the operation takes.
    static func badData(_ message: String) -> OperationError { OperationError(exitCode: .badData, message: message) }

    /// What a codec throws, as bad data.
    static func of<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(OperationError) -> Value {
        do throws(Failure) {
            return try body()
        } catch {
            throw .badData("\(error)")
        }
    }
}
