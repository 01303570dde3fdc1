import EVMFuzzing
import Foundation

/// What is printed when the process crashes: which programs ran, and how to run them again.
enum LastWords {
    private nonisolated(unsafe) static var seed: UInt64 = 0

    static func prepare(seed: UInt64) {
        self.seed = seed
        // Made before it is needed: a handler must not allocate.
        _ = ProgramSweep.running
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
            signal(number) { number in
                LastWords.speak()
                signal(number, SIG_DFL)
                raise(number)
            }
        }
    }

    /// Only calls that a handler may make.
    private static func speak() {
        for job in 0..<ProgramSweep.jobLimit where ProgramSweep.running[job] != .max {
            write("crashed while it ran --seed ")
            write(seed)
            write(" --program ")
            write(ProgramSweep.running[job])
            write("\n")
        }
    }

    private static func write(_ text: StaticString) {
        _ = Foundation.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }

    private static func write(_ number: UInt64) {
        var divisor: UInt64 = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            var digit = UInt8(truncatingIfNeeded: number / divisor % 10) + 0x30
            _ = Foundation.write(STDERR_FILENO, &digit, 1)
            divisor /= 10
        }
    }
}
