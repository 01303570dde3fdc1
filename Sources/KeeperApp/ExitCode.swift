import ArgumentParser
import EthRPC
import KeeperCore
import KeeperOps
import KeeperTransactions

/// Exit codes of all programs.
public enum KeeperExitCode: Int32, Sendable {
    case done = 0
    case usage = 64
    /// Input that is not what it should be: a damaged recording, a result of a wrong form.
    case badData = 65
    /// No usable answer from a node.
    case nodeUnreachable = 69
    case ourBug = 70
    case tryAgainLater = 75
    case refusedByPolicy = 77
    case configuration = 78
    case secondInstance = 80
    /// A recording holds no answer to a request.
    case noRecordedAnswer = 81

    /// The code that an error ends a program with; what nobody foresaw is our bug.
    public init(for error: any Error) {
        switch error {
        case let error as RPCError:
            self =
                switch error.code {
                case .noRecordedAnswer: .noRecordedAnswer
                case .badEndpoint: .configuration
                case .malformedResult, .notJSONRPC: .badData
                default: .nodeUnreachable
                }
        case is CassetteError, is RemoteSignerError: self = .badData
        case let error as JournalError: self = error.isInUse ? .secondInstance : .configuration
        case let error as StoreError:
            self =
                switch error.code {
                case .inUse: .secondInstance
                case .newer: .configuration
                case .damaged: .badData
                // The next process reads what is there.
                case .notCertain, .failed: .tryAgainLater
                }
        case let error as ManagerError:
            self =
                switch error.code {
                case .wrongSigner: .configuration
                case .damaged: .badData
                // The next process reads what is there.
                case .uncertain: .tryAgainLater
                case .stopped: .ourBug
                }
        case is ConfigError, is WrongChain, is OpsServerError: self = .configuration
        case is PolicyRefusal, is SigningRefusal: self = .refusedByPolicy
        case let error as any ExitCodeProviding: self = error.exitCode
        default: self = .ourBug
        }
    }
}

/// An error that knows how its program ends.
public protocol ExitCodeProviding: Error {
    var exitCode: KeeperExitCode { get }
}

/// A decision that not enough nodes confirm.
struct Unconfirmed: ExitCodeProviding, CustomStringConvertible {
    var description: String
    var exitCode: KeeperExitCode

    /// `nil` if enough nodes agree.
    init?(_ verdict: QuorumVerdict) {
        guard let refusal = verdict.refusal else { return nil }
        description = "run would send nothing: \(refusal)"
        exitCode = verdict.dissents.isEmpty ? .tryAgainLater : .refusedByPolicy
    }
}

/// Something that we do not do, whatever the configuration says.
struct PolicyRefusal: Error, CustomStringConvertible {
    var description: String
}
