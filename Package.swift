// swift-tools-version: 6.2
import Foundation
import PackageDescription

// KEEPERKIT_CORE=1 declares only the chain core (no third-party Swift), so that its tests build in seconds: `make smoke`.
let coreOnly = ProcessInfo.processInfo.environment["KEEPERKIT_CORE"] == "1"
// KEEPERKIT_STRICT=1 turns warnings in our own targets into errors: CI sets it.
let strict = ProcessInfo.processInfo.environment["KEEPERKIT_STRICT"] == "1"

let settings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: settings)
}

/// What tests share: no product has it.
func support(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: settings)
}

func program(_ name: String, path: String, exclude: [String] = [], _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: settings)
}

// The chain core: knows Ethereum, knows nothing of keepers, builds without any third-party Swift.
var targets: [Target] = [
    .systemLibrary(name: "CSecp256k1", pkgConfig: "libsecp256k1", providers: [.apt(["libsecp256k1-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    library("EthPrimitives"),
    library("EthCodec", ["EthPrimitives"]),
    library("EthCrypto", ["EthPrimitives", "CSecp256k1"]),
    library("EthTransactions", ["EthPrimitives", "EthCodec", "EthCrypto"]),
    library("EthRPC", ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "CZlib"]),
    library("KeeperTransactions", ["EthPrimitives", "EthCrypto", "EthTransactions", "EthRPC"]),
    library("EthEVM", ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions"]),
    library("EthTrie", ["EthPrimitives", "EthCodec"]),
    library("EthChain", ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthRPC", "EthTrie", "EthEVM"]),
    library(
        "EthConformance",
        ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthRPC", "EthTrie", "EthEVM", "EthChain"]),
    library("ABIGen", ["EthPrimitives", "EthCodec"]),
    library("EthContracts", ["EthPrimitives", "EthCodec"]),
    support("TestSupport", ["EthPrimitives"]),
    support("Simulation", ["EthPrimitives", "EthTransactions", "EthRPC", "KeeperTransactions"]),
    program("simulate", path: "Tests/Simulate", ["KeeperTransactions", "Simulation"]),
    support("EVMFuzzing", ["EthPrimitives", "EthCrypto", "EthTransactions", "EthEVM", "TestSupport"]),
    program("fuzz-evm", path: "Tests/FuzzEVM", ["EVMFuzzing"]),
    program("abigen", path: "Sources/abigen", ["ABIGen"]),
    // Not a product: a process of its own for a test of what decoders take.
    program("memory-probe", path: "Tests/MemoryProbe", ["EthPrimitives", "EthCodec", "EthRPC"]),
    tests("EthPrimitivesTests", ["EthPrimitives"]),
    tests("EthCodecTests", ["EthPrimitives", "EthCodec"]),
    tests("EthCryptoTests", ["EthPrimitives", "EthCrypto"]),
    tests("EthTransactionsTests", ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions"]),
    tests("EthRPCTests", ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthRPC", "memory-probe"]),
    tests(
        "KeeperTransactionsTests",
        ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthRPC", "KeeperTransactions"]),
    tests("SimulationTests", ["EthRPC", "KeeperTransactions", "Simulation"]),
    tests("EthEVMTests", ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthEVM", "EthTrie"]),
    tests("EVMFuzzTests", ["EthPrimitives", "EthTransactions", "EthEVM", "EVMFuzzing", "fuzz-evm"]),
    tests("EthTrieTests", ["EthPrimitives", "EthCodec", "EthTrie"]),
    tests(
        "EthChainTests",
        ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthRPC", "EthTrie", "EthEVM", "EthChain"]),
    tests(
        "EthConformanceTests",
        ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthRPC", "EthTrie", "EthEVM", "EthConformance"]),
    tests("ABIGenTests", ["EthPrimitives", "EthCodec", "EthContracts", "ABIGen"]),
]

var products: [Product] = [
    .library(name: "EthCore", targets: ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthRPC"]),
    .executable(name: "abigen", targets: ["abigen"]),
    .executable(name: "simulate", targets: ["simulate"]),
    .executable(name: "fuzz-evm", targets: ["fuzz-evm"]),
]
// Each layer alone too, for those who need no more.
products += [
    "EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthContracts", "EthRPC", "EthTrie", "EthEVM", "EthChain",
    "EthConformance", "KeeperTransactions",
].map {
    .library(name: $0, targets: [$0])
}

var dependencies: [Package.Dependency] = []

if !coreOnly {
    dependencies += [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ]
    let bigInt = Target.Dependency.product(name: "BigInt", package: "BigInt")
    let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
    let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
    let log = Target.Dependency.product(name: "Logging", package: "swift-log")
    let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
    let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
    let http = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
    let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
    let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
    let nioWebSocket = Target.Dependency.product(name: "NIOWebSocket", package: "swift-nio")
    let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
    let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
    let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
    let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
    let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
    let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

    targets += [
        library("EthKeystore", ["EthPrimitives", "EthCodec", "EthCrypto", crypto, cryptoExtras]),
        library(
            "EthTransports",
            ["EthPrimitives", "EthCodec", "EthRPC", http, nio, nioPosix, nioHTTP, nioWebSocket, nioSSL]),
        library("KeeperCore", ["EthPrimitives", "EthCodec", "EthTransactions", "EthRPC", "KeeperTransactions", log, metrics]),
        library("KeeperAlerts", ["EthPrimitives", "EthCodec", "KeeperTransactions", "KeeperCore", crypto]),
        library("KeeperOps", ["KeeperCore", hummingbird, metrics, log, lifecycle]),
        library("KeeperStore", ["EthPrimitives", "EthCodec", "KeeperTransactions", "KeeperCore", grdb]),
        library(
            "KeeperTesting",
            ["EthPrimitives", "EthCodec", "EthTransactions", "EthRPC", "KeeperTransactions", "KeeperCore"]),
        library(
            "KeeperTestServer",
            [
                "EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthRPC", nio, nioPosix, nioHTTP, nioWebSocket,
                nioSSL,
            ]),
        library(
            "OraclePokes",
            [
                "EthPrimitives", "EthCodec", "EthContracts", "EthTransactions", "EthRPC", "EthEVM", "EthChain",
                "KeeperTransactions",
                "KeeperCore",
            ]),
        library(
            "PokeStudy",
            [
                "EthPrimitives", "EthCodec", "EthContracts", "EthTransactions", "EthRPC", "EthEVM",
                "KeeperTransactions", "KeeperCore",
                "OraclePokes",
            ]),
        library(
            "KeeperApp",
            [
                "EthPrimitives", "EthCodec", "EthCrypto", "EthKeystore", "EthTransactions", "EthRPC", "EthTransports",
                "KeeperTransactions", "KeeperCore", "KeeperStore", "KeeperAlerts", "KeeperOps", arguments, yaml, log, metrics,
                lifecycle, signals,
            ]),
        program(
            "keeperctl", path: "Sources/keeperctl",
            [
                "EthPrimitives", "EthCodec", "EthCrypto", "EthKeystore", "EthTransactions", "EthRPC", "EthTransports", "EthEVM",
                "EthChain", "EthConformance", "KeeperCore", "KeeperStore", "KeeperApp", arguments,
            ]),
        support(
            "Fuzzing",
            [
                "EthPrimitives", "EthCodec", "EthContracts", "EthCrypto", "EthKeystore", "EthTransactions", "EthRPC",
                "KeeperCore",
                "TestSupport",
            ]),
        program("fuzz", path: "Tests/Fuzz", ["Fuzzing", arguments]),
        support(
            "Soaking",
            ["EthPrimitives", "EthCodec", "EthRPC", "EthTransports", "KeeperCore", "KeeperTestServer", "TestSupport"]),
        program("soak", path: "Tests/Soak", ["Soaking", arguments]),
        support("StudySamples", ["EthPrimitives", "OraclePokes", "PokeStudy", "TestSupport"]),
        // Not a product: prints a page for the test that opens it in a browser.
        program("report-probe", path: "Tests/ReportProbe", ["PokeStudy", "StudySamples"]),
        // Not a product: a process that a test can kill, or take the disk away from, while it writes.
        program(
            "store-probe", path: "Tests/StoreProbe",
            ["EthPrimitives", "EthCodec", "KeeperTransactions", "KeeperCore", "KeeperStore"]),
        tests("IntegerLawTests", ["EthPrimitives", bigInt]),
        tests("EthKeystoreTests", ["EthPrimitives", "EthCodec", "EthCrypto", "EthKeystore", crypto]),
        tests("FuzzingTests", ["EthCodec", "Fuzzing", "fuzz"]),
        tests("SoakTests", ["EthRPC", "Soaking", "soak"]),
        tests(
            "EthTransportsTests",
            [
                "EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthRPC", "EthTransports", "KeeperTesting",
                "KeeperTestServer",
            ]),
        tests(
            "FaultTests",
            [
                "EthPrimitives", "EthCodec", "EthCrypto", "EthKeystore", "EthTransactions", "EthRPC", "EthTransports",
                "KeeperTransactions", "KeeperCore", "KeeperStore", "KeeperApp", "KeeperTesting", "KeeperTestServer", log,
            ]),
        tests(
            "KeeperctlTests",
            [
                "EthPrimitives", "EthCodec", "EthCrypto", "EthKeystore", "EthTransactions", "EthRPC", "KeeperTransactions",
                "KeeperCore", "KeeperStore", "KeeperApp", "KeeperTestServer", "keeperctl", arguments,
            ]),
        tests(
            "KeeperCoreTests",
            [
                "EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthRPC", "KeeperTransactions", "KeeperCore",
                "KeeperTesting", "Simulation", log,
            ]),
        tests(
            "KeeperStoreTests",
            [
                "EthPrimitives", "EthCodec", "EthTransactions", "EthRPC", "KeeperTransactions", "KeeperCore", "KeeperStore",
                "KeeperTesting", "store-probe", grdb,
            ]),
        tests(
            "KeeperAlertsTests",
            ["EthPrimitives", "EthCodec", "KeeperTransactions", "KeeperCore", "KeeperAlerts", "KeeperTestServer"]),
        tests("KeeperOpsTests", ["KeeperCore", "KeeperOps", metrics, log, lifecycle]),
        tests(
            "KeeperAppTests",
            [
                "EthPrimitives", "EthCodec", "EthCrypto", "EthKeystore", "EthTransactions", "EthRPC", "KeeperTransactions",
                "KeeperCore", "KeeperApp",
            ]),
        tests(
            "OraclePokesTests",
            [
                "EthPrimitives", "EthCodec", "EthContracts", "EthTransactions", "EthRPC", "KeeperTransactions", "KeeperCore",
                "OraclePokes",
            ]),
        tests(
            "PokeStudyTests",
            [
                "EthPrimitives", "EthCodec", "EthTransactions", "EthRPC", "EthEVM", "KeeperTransactions",
                "KeeperCore",
                "OraclePokes", "PokeStudy", "StudySamples", "report-probe",
            ]),
        program(
            "Poker", path: "keepers/poker", exclude: ["poker.example.yaml"],
            [
                "EthPrimitives", "EthCodec", "EthContracts", "EthTransactions", "EthRPC", "EthChain", "KeeperTransactions",
                "KeeperCore", "OraclePokes", "PokeStudy", "KeeperApp",
            ]),
    ]
    targets += [
        tests(
            "PokerTests",
            [
                "EthPrimitives", "EthCodec", "EthContracts", "EthCrypto", "EthKeystore", "EthTransactions", "EthRPC",
                "EthTransports", "EthChain", "KeeperTransactions", "KeeperCore", "KeeperStore", "KeeperApp", "KeeperTesting",
                "KeeperTestServer", "KeeperAlerts", "OraclePokes", "PokeStudy", "Poker",
            ])
    ]
    products += [
        .executable(name: "poker", targets: ["Poker"]),
        .executable(name: "keeperctl", targets: ["keeperctl"]),
        .executable(name: "fuzz", targets: ["fuzz"]),
        .executable(name: "soak", targets: ["soak"]),
        .library(name: "EthKeystore", targets: ["EthKeystore"]),
        .library(name: "EthTransports", targets: ["EthTransports"]),
        .library(name: "KeeperStore", targets: ["KeeperStore"]),
        .library(name: "KeeperTesting", targets: ["KeeperTesting"]),
    ]
}

let package = Package(name: "KeeperKit", products: products, dependencies: dependencies, targets: targets)
