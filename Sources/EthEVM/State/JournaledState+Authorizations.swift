import EthCrypto
import EthPrimitives
import EthTransactions

extension JournaledState {
    /// Of an authorization's 25,000 gas, what comes back if the account was there already (EIP-7702).
    private static let authorizationRefund: Int64 = 12_500

    /// Lets accounts run others' code (EIP-7702). Those that do not hold are passed over; nothing undoes the others.
    func apply(_ authorizations: [SignedAuthorization], _ chainID: ChainID) {
        for signed in authorizations { apply(signed, chainID) }
    }

    private func apply(_ signed: SignedAuthorization, _ chainID: ChainID) {
        let authorization = signed.authorization
        guard authorization.chainID == .zero || authorization.chainID == UInt256(chainID.rawValue) else { return }
        guard authorization.nonce < .max else { return }
        let authority: Address
        do { authority = try signed.authority() } catch {
            // No signature: the protocol leaves it out.
            return
        }
        let place = loaded(authority)
        _ = warm(place)
        let account = accounts[place]
        guard account.code.bytes.isEmpty || account.code.delegate != nil, account.nonce == authorization.nonce else { return }
        if !account.isEmpty { refund += Self.authorizationRefund }
        setCode(place, authorization.address == .zero ? .empty : .delegation(to: authorization.address))
        setNonce(place, authorization.nonce + 1)
    }
}
