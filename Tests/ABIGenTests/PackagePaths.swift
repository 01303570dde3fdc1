import Foundation

/// Places in the package, seen from this file.
enum PackagePaths {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    static let interfaces = root + "/abi"
    static let bindings = root + "/Sources/EthContracts/Generated"
    static let everything = root + "/Tests/ABIGenTests/Everything.swift"
}
