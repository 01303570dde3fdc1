/// What an input may take, and when a run ends.
public struct FuzzLimits: Sendable {
    /// CPU time of one input, in milliseconds.
    public var milliseconds: Double = 100
    /// Resident memory above that of the loaded corpus, in MiB.
    public var mebibytes = 64
    /// Time of one input on the wall clock after which a worker that does not use the CPU counts as hanging, in seconds.
    public var idleSeconds: Double = 10
    /// A target with so many findings is left alone.
    public var mostFindings = 10

    public init() {}
}
