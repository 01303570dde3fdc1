internal import EthEVM
internal import EthPrimitives
public import EthRPC
internal import EthTransactions

extension ForkSchedule {
    /// The rules that a node tells (EIP-7910): those that hold now, and those that follow if it says so.
    ///
    /// The answer names no fork; which one it is follows from the precompiled contracts, of which each fork since Cancun has others. A fork
    /// that only reprices instructions would look like the one before it: where a chain is to be known for certain, it is named.
    /// - Throws: `ForkError.unknownRules`.
    public init(_ configuration: NodeConfiguration) throws(ForkError) {
        var rules = [try Self.rules(configuration.current)]
        if let next = configuration.next {
            // Rules that we do not know yet are no reason to refuse the present ones; at their time nothing is known.
            do throws(ForkError) { rules.append(try Self.rules(next)) } catch {
                self.init(rules, until: next.activationTime)
                return
            }
        }
        self.init(rules)
    }

    private static func rules(_ fork: NodeConfiguration.Fork) throws(ForkError) -> Rules {
        let blobs = fork.blobSchedule.map {
            BlobSchedule(target: $0.target, max: $0.max, baseFeeUpdateFraction: $0.baseFeeUpdateFraction)
        }
        let addresses = Set(fork.precompiles.values)
        guard let known = Fork.allCases.reversed().first(where: { $0 >= .london && $0.precompiles == addresses }) else {
            throw .unknownRules(
                "\(addresses.count) precompiled contracts, \(fork.precompiles.keys.sorted().joined(separator: " "))")
        }
        // London, Paris and Shanghai have the same ones: such a node is too old for the method anyway.
        guard known >= .cancun else { throw .unknownRules("a fork before Cancun") }
        return Rules(from: .time(fork.activationTime), known, blobs: blobs)
    }
}
