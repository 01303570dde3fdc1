public import ArgumentParser

/// How much the doctor asks, as flags.
public struct DoctorOptions: ParsableArguments {
    @Option(help: "Exchanges that are timed at each node.")
    public var probes = 20

    @Option(help: "The largest batch that is tried; 0 tries none.")
    public var batchCap = 100

    @Option(help: "Blocks behind the best head from which on a node is said to lag.")
    public var maxLag: UInt64 = 2

    @Flag(help: "Look for the oldest block that each node has the state of; about 25 requests.")
    public var archive = false

    public init() {}

    public func validate() throws {
        guard (0...1000).contains(probes) else { throw ValidationError("--probes: expected 0 to 1000, got \(probes)") }
        guard (0...1000).contains(batchCap) else { throw ValidationError("--batch-cap: expected 0 to 1000, got \(batchCap)") }
    }

    /// Sets what the flags say.
    public func apply(to settings: inout DoctorSettings) {
        settings.probes = probes
        settings.batchCap = batchCap
        settings.maxLag = maxLag
        settings.looksForArchive = archive
    }
}
