/// Bounds of execution that no rule of the protocol moves, and one of this machine's own.
public enum EVMLimits {
    /// Words on the stack of a frame (Yellow Paper, 9.1).
    public static let stack = 1_024
    /// Frames in each other, the outermost not counted (Yellow Paper, 9.1).
    public static let depth = 1_024
    /// Bytes that the frames of one transaction may use together. Our own: gas bounds them much lower in any real block.
    public static let memory = 1 << 30
}
