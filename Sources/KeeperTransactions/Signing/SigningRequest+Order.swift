public import EthTransactions

extension SigningRequest {
    /// What a machine asks to be signed, with the nonces that are bound as it asks.
    public init(_ order: SigningOrder, in state: MachineState) {
        self.init(order.transaction, boundNonces: state.bindings.map(\.nonce))
    }
}
