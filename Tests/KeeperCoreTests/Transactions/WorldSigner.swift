import EthCrypto
import EthPrimitives
import EthTransactions
import KeeperTesting

@testable import Simulation

/// A signer in another place: slow, or of no use, now and then.
struct WorldSigner: Signer {
    let chain: WorldChain
    let life: Int

    private struct Refusal: Error {}

    var address: Address { chain.key.address }

    func sign(_ request: SigningRequest) async throws -> Signature {
        let (delay, fails) = chain.with { state -> (Duration, Bool) in
            let fails = state.dice.happens(state.faults.signerFailure)
            let isSlow = state.dice.happens(state.faults.signerFailure / 2)
            let delay = isSlow ? state.dice.from(8_000, to: 40_000) : state.dice.happens(300) ? state.dice.from(1, to: 900) : 0
            return (.milliseconds(delay), fails)
        }
        if delay > .zero { try await chain.clock.sleep(until: chain.clock.now.advanced(by: delay)) }
        if fails { throw Refusal() }
        let signature = try await chain.key.sign(request)
        // What a dead process had signed is nowhere.
        if chain.isAlive(life) { chain.with { $0.register(request.transaction.signed(signature)) } }
        return signature
    }
}
