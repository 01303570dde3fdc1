import EthCrypto
import EthEVM
import EthPrimitives
import EthTransactions

/// What all programs share: addresses, code to call, authorizations that are signed already.
struct FuzzWorld: Sendable {
    static let forks: [Fork] = [.london, .paris, .shanghai, .cancun, .prague, .osaka]

    /// Code for the called accounts, by the fork that it was written for.
    private let codes: [Fork: [Bytecode]]
    let realCode: RealCode
    let authorizations: [SignedAuthorization]
    /// Who signed them.
    let authorities: [Address]

    init(realCode: RealCode) throws {
        self.realCode = realCode
        var dice = Dice(seed: 0x776f_726c_64, number: 0)
        var codes: [Fork: [Bytecode]] = [:]
        for fork in Self.forks { codes[fork] = (0..<32).map { _ in Bytecode(Grammar.program(&dice, fork, pieces: 6)) } }
        self.codes = codes
        var authorizations: [SignedAuthorization] = []
        var authorities: [Address] = []
        for number in 1...4 as ClosedRange<UInt64> {
            let key = try PrivateKey(UInt256(number).bigEndianBytes.bytes)
            authorities.append(key.address)
            for (nonce, target) in [
                (0, FuzzAddresses.callees[0]), (0, FuzzAddresses.main), (1, FuzzAddresses.callees[1]), (1, .zero),
            ] as [(Nonce, Address)] {
                let authorization = Authorization(chainID: UInt256(number & 1), address: target, nonce: nonce)
                let signature = try key.sign(authorization.signingHash)
                authorizations.append(
                    SignedAuthorization(authorization, yParity: signature.yParity ? 1 : 0, r: signature.r, s: signature.s))
            }
        }
        self.authorizations = authorizations
        self.authorities = authorities
    }

    func codes(_ fork: Fork) -> [Bytecode] { codes[fork] ?? [] }
}
