public import EthPrimitives
internal import EthTransactions

/// Public chains: times as in the tables of the execution specifications and of the chains' own repositories (eth-clients).
extension ForkSchedule {
    /// Mainnet from London on.
    public static let mainnet = ForkSchedule([
        Rules(from: .number(12_965_000), .london), Rules(from: .number(15_537_394), .paris),
        Rules(from: .time(1_681_338_455), .shanghai), Rules(from: .time(1_710_338_135), .cancun, blobs: .cancun),
        Rules(from: .time(1_746_612_311), .prague, blobs: .prague),
        Rules(from: .time(1_764_798_551), .osaka, blobs: .prague), Rules(from: .time(1_765_290_071), .osaka, blobs: .bpo1),
        Rules(from: .time(1_767_747_671), .osaka, blobs: .bpo2),
    ])

    /// Sepolia from Shanghai on.
    public static let sepolia = ForkSchedule([
        Rules(from: .time(1_677_557_088), .shanghai), Rules(from: .time(1_706_655_072), .cancun, blobs: .cancun),
        Rules(from: .time(1_741_159_776), .prague, blobs: .prague),
        Rules(from: .time(1_760_427_360), .osaka, blobs: .prague), Rules(from: .time(1_761_017_184), .osaka, blobs: .bpo1),
        Rules(from: .time(1_761_607_008), .osaka, blobs: .bpo2),
    ])

    /// Holesky, merged from its beginning.
    public static let holesky = ForkSchedule([
        Rules(from: .time(0), .paris), Rules(from: .time(1_696_000_704), .shanghai),
        Rules(from: .time(1_707_305_664), .cancun, blobs: .cancun), Rules(from: .time(1_740_434_112), .prague, blobs: .prague),
        Rules(from: .time(1_759_308_480), .osaka, blobs: .prague), Rules(from: .time(1_759_800_000), .osaka, blobs: .bpo1),
        Rules(from: .time(1_760_389_824), .osaka, blobs: .bpo2),
    ])

    /// Hoodi, with Cancun's rules from its beginning.
    public static let hoodi = ForkSchedule([
        Rules(from: .time(0), .cancun, blobs: .cancun), Rules(from: .time(1_742_999_832), .prague, blobs: .prague),
        Rules(from: .time(1_761_677_592), .osaka, blobs: .prague), Rules(from: .time(1_762_365_720), .osaka, blobs: .bpo1),
        Rules(from: .time(1_762_955_544), .osaka, blobs: .bpo2),
    ])

    /// The schedule of a chain that is known by its id.
    public static func known(_ chain: ChainID) -> ForkSchedule? {
        switch chain.rawValue {
        case 1: mainnet
        case 17_000: holesky
        case 560_048: hoodi
        case 11_155_111: sepolia
        default: nil
        }
    }
}
