import EthPrimitives

/// A creation that is paid for.
struct Creation {
    var kind: FrameTrace.Kind
    var address: Address
    var creator: Int
    var value: UInt256
    var gas: Gas
}
