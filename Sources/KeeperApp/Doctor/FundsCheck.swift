import EthPrimitives
import EthRPC

/// Whether the account can pay, and whether something of it waits.
struct FundsCheck {
    let address: Address
    /// What the transactions of the decision reserve.
    let reserved: Wei
    /// What one transaction may reserve by the configuration.
    let largest: Wei

    init(address: Address, reserved: Wei, _ largest: Wei) {
        self.address = address
        self.reserved = reserved
        self.largest = largest
    }

    func findings(through node: DoctorNode, at head: BlockHeader) async throws -> (balance: Wei?, findings: [Finding]) {
        do {
            let balance = try await node.provider.balance(of: address, at: .hash(head.hash))
            let mined = try await node.provider.nonce(of: address, at: .latest)
            let all = try await node.provider.nonce(of: address, at: .pending)
            return (balance, funds(balance) + waiting(mined: mined, all: all))
        } catch let raw as RPCError {
            let error = node.cleaned(raw)
            return (
                nil,
                [
                    Finding(
                        .unsteady, node.label, "the account's balance could not be read: \(error.message)", advice: error.advice)
                ]
            )
        }
    }

    private func funds(_ balance: Wei) -> [Finding] {
        let holds = "the account \(address) holds \(Self.ether(balance)) ETH"
        if balance == .zero || balance < reserved {
            let need = reserved == .zero ? "" : ", and \(Self.ether(reserved)) are needed now"
            return [Finding(.unfunded, [], holds + need, advice: "Fund it: nodes refuse transactions that it cannot pay in full")]
        }
        guard balance < largest else { return [] }
        return [
            Finding(
                .lowBalance, [], "\(holds), less than the \(Self.ether(largest)) that one transaction may reserve",
                advice: "Fund it, or lower transactions.maxSpendPerTransaction")
        ]
    }

    private func waiting(mined: Nonce, all: Nonce) -> [Finding] {
        guard all > mined else { return [] }
        return [
            Finding(
                .pending, [], "\(all - mined) transactions of the account wait, from nonce \(mined) on",
                advice: "If they are not of a keeper that runs now, look at them before starting one")
        ]
    }

    private static func ether(_ amount: Wei) -> String { amount.fixed(18, places: 6) }
}
