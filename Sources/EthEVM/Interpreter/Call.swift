import EthPrimitives

/// A call that is paid for.
struct Call {
    var kind: FrameTrace.Kind
    /// Whose code it is.
    var target: Int
    /// Whose storage it is.
    var account: Int
    var caller: Address
    var value: UInt256
    /// Ether that goes from `from` to `target`, and what `from` must have for the call to be made.
    var moves: UInt256
    var needs: UInt256
    var from: Int
    var input: UnsafeRawBufferPointer
    var gas: Gas
    var isStatic: Bool
}
