import EthEVM
import EthPrimitives
import EthTransactions

extension FuzzCase {
    /// What one needs to see of it: program, fork, transactions.
    public var text: String {
        var lines = ["  from \(source.rawValue), \(environment.fork), checks \(checks.rawValue), missing \(missing) %"]
        lines.append("  program: \(Hex.encode(program))")
        for transaction in transactions {
            let recipient = transaction.recipient.map { "\($0)" } ?? "a new contract"
            let extra = transaction.authorizationList.map { ", \($0.count) authorizations" } ?? ""
            lines.append("  to \(recipient): gas \(transaction.gasLimit), value \(transaction.value.rawValue)\(extra)")
            lines.append("    data: \(Hex.encode(transaction.data))")
        }
        return lines.joined(separator: "\n")
    }
}
