import EthPrimitives

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The terminal's settings while a password is typed: a signal handler can reach nothing but globals.
private nonisolated(unsafe) var settingsToRestore = termios()

/// Asks a person at the terminal for a password, without showing it.
enum PasswordPrompt {
    /// - Returns: `nil` if nobody is there to be asked.
    static func ask(_ question: String) -> SecretText? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { return nil }
        var hidden = shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0 else { return nil }
        settingsToRestore = shown
        // Interrupted here, the terminal would stay blind.
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                tcsetattr(STDIN_FILENO, TCSANOW, &settingsToRestore)
                _exit(128 + number)
            }
        }
        defer {
            for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            write("\n")
        }
        write(question)
        return readLine().map { SecretText($0) }
    }

    /// On standard error: standard output may be a pipe that takes the result.
    private static func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = Self.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static func write(_ file: Int32, _ start: UnsafePointer<UInt8>?, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.write(file, start, count)
        #elseif canImport(Musl)
            Musl.write(file, start, count)
        #else
            Darwin.write(file, start, count)
        #endif
    }
}
