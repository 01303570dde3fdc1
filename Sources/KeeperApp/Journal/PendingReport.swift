import EthCodec
import EthPrimitives
import EthTransactions
import KeeperCore
import KeeperTransactions

/// What an account has in flight, for people and for machines.
struct PendingReport {
    private let account: StoreAccount
    private let state: MachineState

    init(_ account: StoreAccount, _ state: MachineState) { (self.account, self.state) = (account, state) }

    var text: String {
        var lines = [
            "\(account)" + (state.isAdopted ? "" : " · new store: nothing is sent before the account has been quiet for a while")
        ]
        if state.pausedUntil > 0 { lines.append("paused until \(Self.end(state.pausedUntil))") }
        if state.bindings.isEmpty, state.wanted.isEmpty { lines.append("nothing in flight") }
        if !state.bindings.isEmpty {
            var rows = [["nonce", "max fee", "tip", "reserved ETH", "forms", "since"]]
            for binding in state.bindings {
                rows.append([
                    String(binding.nonce), "\(binding.latest.caps.maxFeePerGas)", "\(binding.latest.caps.maxPriorityFeePerGas)",
                    binding.reserve.fixed(18, places: 10), String(binding.forms.count), UTC.instant(binding.since),
                ])
            }
            lines.append(TextTable.text(rows))
            for binding in state.bindings {
                lines.append("nonce \(binding.nonce)  \(Self.purpose(binding))")
                for form in binding.forms {
                    lines.append("  \(form.hash)  \(Self.words(form.purpose)), asked for at block \(form.block)")
                }
            }
        }
        for entry in state.wanted {
            lines.append(
                "wanted  \(entry.key) since \(UTC.instant(entry.since)), without a nonce"
                    + (entry.isRecalled ? ", taken back" : ""))
        }
        return lines.joined(separator: "\n")
    }

    var json: JSON {
        .object([
            "chainId": .integer(account.chainID.rawValue), "account": .string(account.address.description),
            "adopted": .bool(state.isAdopted), "pausedUntil": state.pausedUntil > 0 ? .integer(state.pausedUntil) : nil,
            "nextNonceAtLeast": .integer(state.floor),
            "pending": .array(
                state.bindings.map { binding in
                    .object([
                        "nonce": .integer(binding.nonce), "intent": binding.key.map { .string($0.id.description) },
                        "attempt": binding.key.map { .integer($0.attempt) }, "recalled": .bool(binding.isRecalled),
                        "since": .integer(binding.since), "reservedWei": .string(binding.reserve.rawValue.description),
                        "forms": .array(binding.forms.map(Self.json)),
                    ])
                }),
            "wanted": .array(
                state.wanted.map { entry in
                    .object([
                        "intent": .string(entry.key.id.description), "attempt": .integer(entry.key.attempt),
                        "recalled": .bool(entry.isRecalled), "since": .integer(entry.since),
                    ])
                }),
        ])
    }

    private static func json(_ form: SignedForm) -> JSON {
        .object([
            "hash": .string(form.hash.description), "purpose": .string(words(form.purpose)), "gasLimit": .integer(form.gasLimit),
            "maxFeePerGas": .string(form.caps.maxFeePerGas.rawValue.description),
            "maxPriorityFeePerGas": .string(form.caps.maxPriorityFeePerGas.rawValue.description), "block": .integer(form.block),
        ])
    }

    private static func purpose(_ binding: Binding) -> String {
        (binding.key.map(\.description) ?? "a free nonce below others, filled")
            + (binding.isRecalled ? ", taken back by an operator" : "")
    }

    private static func words(_ purpose: FormPurpose) -> String {
        switch purpose {
        case .intent: "the intent"
        case .cancel: "cancel"
        case .fill: "filler"
        }
    }

    /// A retired keeper's pause has no end.
    private static func end(_ time: UInt64) -> String {
        time >= Retirement.forever ? "the end of time: retired" : UTC.instant(time)
    }
}
