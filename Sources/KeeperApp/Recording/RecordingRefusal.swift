/// Why a recording is not made or not gone on with.
struct RecordingRefusal: ExitCodeProviding, CustomStringConvertible {
    var exitCode: KeeperExitCode
    var description: String

    /// The flags ask for what cannot be.
    static func usage(_ text: String) -> Self { Self(exitCode: .usage, description: text) }
    /// The file is not what the flags say.
    static func otherFile(_ text: String) -> Self { Self(exitCode: .badData, description: text) }
    /// The same command goes on.
    static func interrupted(_ text: String) -> Self { Self(exitCode: .tryAgainLater, description: text) }
}
