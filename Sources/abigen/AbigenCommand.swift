import ABIGen

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// `abigen`: keeps the checked-in bindings in step with `abi/*.json`.
@main
struct AbigenCommand {
    static func main() {
        let result = GeneratorCommand.run(Array(CommandLine.arguments.dropFirst()))
        if !result.output.isEmpty { print(result.output) }
        if !result.complaint.isEmpty {
            let line = Array((result.complaint + "\n").utf8)
            _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        }
        exit(result.status)
    }
}
