internal import EthPrimitives

/// The members of a block header while it is read.
struct HeaderScan {
    var hash: B256?
    private var parentHash: B256?
    private var sha3Uncles: B256?
    private var miner: Address?
    private var stateRoot: B256?
    private var transactionsRoot: B256?
    private var receiptsRoot: B256?
    private var logsBloom: FixedBytes<256>?
    private var difficulty: UInt256?
    private var number: UInt64?
    private var gasLimit: UInt64?
    private var gasUsed: UInt64?
    private var timestamp: UInt64?
    private var extraData: [UInt8]?
    private var mixHash: B256?
    private var nonce: FixedBytes<8>?
    private var baseFeePerGas: Wei?
    private var withdrawalsRoot: B256?
    private var blobGasUsed: UInt64?
    private var excessBlobGas: UInt64?
    private var parentBeaconBlockRoot: B256?
    private var requestsHash: B256?

    /// Reads the member, or walks over it if it is none of a header.
    mutating func read(_ name: FieldScanner.Name, _ scanner: inout FieldScanner) throws(FieldFault) {
        switch name.count {
        case 4 where name("hash"): try scanner.read(&hash)
        case 5 where name("miner"): try scanner.read(&miner)
        case 5 where name("nonce"): try scanner.read(&nonce, "8 bytes")
        case 6 where name("number"): try scanner.readHeight(&number)
        case 7 where name("gasUsed"): try scanner.read(&gasUsed)
        case 7 where name("mixHash"): try scanner.read(&mixHash)
        case 8 where name("gasLimit"): try scanner.read(&gasLimit)
        case 9 where name("stateRoot"): try scanner.read(&stateRoot)
        case 9 where name("logsBloom"): try scanner.read(&logsBloom, "256 bytes")
        case 9 where name("timestamp"): try scanner.readSeconds(&timestamp)
        case 9 where name("extraData"): try scanner.read(&extraData)
        case 10 where name("parentHash"): try scanner.read(&parentHash)
        case 10 where name("sha3Uncles"): try scanner.read(&sha3Uncles)
        case 10 where name("difficulty"): try scanner.read(&difficulty)
        case 11 where name("blobGasUsed"): try scanner.readUnlessNull(&blobGasUsed)
        case 12 where name("receiptsRoot"): try scanner.read(&receiptsRoot)
        case 12 where name("requestsHash"): try scanner.readUnlessNull(&requestsHash)
        case 13 where name("baseFeePerGas"): try scanner.readUnlessNull(&baseFeePerGas)
        case 13 where name("excessBlobGas"): try scanner.readUnlessNull(&excessBlobGas)
        case 15 where name("withdrawalsRoot"): try scanner.readUnlessNull(&withdrawalsRoot)
        case 16 where name("transactionsRoot"): try scanner.read(&transactionsRoot)
        case 21 where name("parentBeaconBlockRoot"): try scanner.readUnlessNull(&parentBeaconBlockRoot)
        default: try scanner.skip()
        }
    }

    func header(_ members: FieldScanner.Members) throws(FieldFault) -> ExecutionHeader {
        let extensions: HeaderExtensions
        do throws(HeaderExtensionError) {
            extensions = try HeaderExtensions(
                baseFeePerGas: baseFeePerGas, withdrawalsRoot: withdrawalsRoot, blobGasUsed: blobGasUsed,
                excessBlobGas: excessBlobGas, parentBeaconBlockRoot: parentBeaconBlockRoot, requestsHash: requestsHash)
        } catch {
            throw FieldFault(.expected("a header whose later fields come with those before them"), at: members.start)
        }
        return ExecutionHeader(
            parentHash: try members.require(parentHash, "parentHash"), sha3Uncles: try members.require(sha3Uncles, "sha3Uncles"),
            miner: try members.require(miner, "miner"), stateRoot: try members.require(stateRoot, "stateRoot"),
            transactionsRoot: try members.require(transactionsRoot, "transactionsRoot"),
            receiptsRoot: try members.require(receiptsRoot, "receiptsRoot"),
            logsBloom: try members.require(logsBloom, "logsBloom"), difficulty: try members.require(difficulty, "difficulty"),
            number: try members.require(number, "number"), gasLimit: try members.require(gasLimit, "gasLimit"),
            gasUsed: try members.require(gasUsed, "gasUsed"), timestamp: try members.require(timestamp, "timestamp"),
            extraData: try members.require(extraData, "extraData"), mixHash: try members.require(mixHash, "mixHash"),
            nonce: try members.require(nonce, "nonce"), extensions: extensions)
    }
}
