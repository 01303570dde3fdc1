// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that no peer of a benchmark can ever block the build of KeeperKit.
let core: [Target.Dependency] = ["EthPrimitives", "EthCodec", "EthCrypto", "EthTransactions", "EthContracts", "EthRPC", "EthEVM"]
    .map {
        .product(name: $0, package: "KeeperKit")
    }

let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(name: "KeeperKit", path: "../"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    ],
    targets: [
        // The best that others have written in C, and C of the same structure as ours where there is none.
        .target(
            name: "CPeers",
            cSettings: [.unsafeFlags(["-O3", "-march=x86-64-v3"])],
            cxxSettings: [.unsafeFlags(["-O3", "-march=x86-64-v3"])],
            linkerSettings: [
                .linkedLibrary("crypto"), .linkedLibrary("secp256k1"), .linkedLibrary("gmp"), .linkedLibrary("simdjson"),
                .linkedLibrary("stdc++"),
            ]),
        .executableTarget(
            name: "bench",
            dependencies: ["CPeers", .product(name: "BigInt", package: "BigInt")] + core,
            path: "Sources/Bench",
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
        // Takes the place of malloc in the program that it is linked into, and counts.
        .target(name: "CMallocCounter"),
        .executableTarget(
            name: "allocations",
            dependencies: ["CMallocCounter"] + core,
            path: "Sources/Allocations",
            swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
    ],
    cxxLanguageStandard: .cxx17)
