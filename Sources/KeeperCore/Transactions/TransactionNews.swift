public import KeeperTransactions

/// What a manager tells as it happens, for logs, metrics and alerts; nothing depends on it.
public enum TransactionNews: Sendable, Hashable {
    case report(TransactionReport)
    case alert(TransactionAlert)
}
