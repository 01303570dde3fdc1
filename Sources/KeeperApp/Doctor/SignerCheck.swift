import EthPrimitives
import EthTransactions
import Foundation

/// Whether the key can be read; nothing of it is shown.
struct SignerCheck {
    /// The account of the key.
    private(set) var address: Address?
    private(set) var findings: [Finding] = []

    init<P: KeeperProgram>(_ wiring: Wiring<P>) {
        // Without a signer a keeper can do all but run.
        guard let signer = wiring.common.signer else { return }
        do {
            address = try wiring.signer().address
        } catch {
            findings.append(
                Finding(.signer, [], "the key cannot be used: \(error)", advice: "Run needs it; dry-run does not"))
        }
        guard let path = signer.privateKey.path else {
            findings.append(
                Finding(
                    .keyExposed, [], "the private key stands in the configuration or the environment",
                    advice: "signer.privateKeyFile keeps it out of both"))
            return
        }
        // A file that is not there was told above.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)  // see above
        if let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 {
            findings.append(
                Finding(.keyExposed, [], "others than its owner can read the key's file", advice: "chmod 600 it"))
        }
    }
}
