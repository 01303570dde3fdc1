public import EthPrimitives
public import EthTransactions

extension AccessList {
    /// Slots of the called account from which on its entry in a list may pay: it costs 2,400 gas and saves 100 a slot (EIP-2930).
    private static let slotsThatPay = 24

    /// Without the called account, which is warm anyway, unless its slots pay for it.
    public func paying(to target: Address) -> AccessList {
        AccessList(entries.filter { $0.address != target || $0.storageKeys.count >= Self.slotsThatPay })
    }
}
