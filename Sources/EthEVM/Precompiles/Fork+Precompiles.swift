public import EthPrimitives
public import EthTransactions

extension Address {
    /// Whether a precompiled contract is there under the rules of a fork, built in or not.
    public func isPrecompile(_ fork: Fork) -> Bool { Precompile.isPrecompile(self, fork) }
}

extension Fork {
    /// The addresses of its precompiled contracts.
    public var precompiles: Set<Address> {
        // None is above 0x0100.
        Set((1...0x0100 as ClosedRange<UInt64>).map { Word.address(UInt256($0)) }.filter { $0.isPrecompile(self) })
    }
}
