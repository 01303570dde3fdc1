import EthPrimitives
import EthRPC
import EthTransactions

/// Whether the signer can be used; nothing secret of it is shown.
struct SignerCheck {
    /// The account of the key.
    private(set) var address: Address?
    /// Where the key is, for people.
    private(set) var place: String?
    private(set) var findings: [Finding] = []

    init<P: KeeperProgram>(_ wiring: Wiring<P>) async {
        // Without a signer a keeper can do all but run.
        guard let configuration = wiring.common.signer else { return }
        place = configuration.description
        do throws(ConfigError) {
            let signer = try configuration.signer()
            address = signer.address
            if let remote = signer as? RemoteSigner { await probe(remote) }
        } catch {
            findings.append(
                Finding(.signer, [], "the key cannot be used: \(error)", advice: "Run needs it; dry-run does not"))
        }
        findings += SignerExposure.all(configuration).map { Finding(.keyExposed, [], $0.text, advice: $0.advice) }
    }

    /// Asks for something that nobody must approve. What goes wrong is a finding.
    private mutating func probe(_ signer: RemoteSigner) async {
        do {
            guard try await signer.knowsAccount() == false else { return }
            findings.append(
                Finding(
                    .signer, [], "the remote signer does not have the account \(signer.address)",
                    advice: "signer.remote.address names another account than its keys have"))
        } catch let error as RPCError {
            findings.append(
                Finding(.signer, [], "the remote signer gives no usable answer: \(error.message)", advice: error.advice))
        } catch {
            // Cancelled: the doctor ends.
        }
    }
}
