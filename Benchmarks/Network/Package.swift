// swift-tools-version: 6.2
import PackageDescription

// Apart from the other benchmarks: this one builds the network stack, which takes minutes, and they need none of it.
let settings: [SwiftSetting] = [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix"].map { .product(name: $0, package: "swift-nio") }

let package = Package(
    name: "NetworkBenchmarks",
    dependencies: [
        .package(name: "KeeperKit", path: "../../"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .executableTarget(
            name: "loopback-server", dependencies: nio, path: "Sources/LoopbackServer", swiftSettings: settings),
        .executableTarget(
            name: "network-bench",
            dependencies: nio + [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "EthPrimitives", package: "KeeperKit"), .product(name: "EthRPC", package: "KeeperKit"),
                .product(name: "EthTransports", package: "KeeperKit"),
            ],
            path: "Sources/NetworkBench", swiftSettings: settings),
    ])
