import KeeperTransactions
import EthRPC
import Foundation
import Testing

@testable import KeeperCore

@Suite("A dry run cannot sign")
struct DryRunTests {
    @Test("it says what would be sent")
    func outcome() async {
        let intent = SampleIntent.intent()
        #expect(await DryRunExecutor().execute(.transact(intent), at: FakeChain.head(1)) == .wouldSend(intent: intent.id))
        #expect(
            await DryRunExecutor().execute(.alert(Alert(key: "k", severity: .info, text: "t")), at: FakeChain.head(1)) == .noted)
        #expect(await DryRunExecutor().settle(at: FakeChain.head(1)).isEmpty)
    }

    /// The compiler's verdict on a snippet against the modules that this test was built with.
    private struct Compiler {
        let modules: URL

        /// The folder of built modules, found beside the test bundle; `nil` where the compiler or the modules are not to be had.
        init?() {
            let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            let known = [bundle.appendingPathComponent("Modules"), bundle]
            let found = known.first {
                FileManager.default.fileExists(atPath: $0.appendingPathComponent("KeeperCore.swiftmodule").path)
            }
            guard let found else { return nil }
            modules = found
        }

        func typecheck(_ snippet: String) throws -> (status: Int32, text: String) {
            let file = TemporaryFile.path("snippet.swift")
            defer { TemporaryFile.remove(file) }
            try TemporaryFile.write(Array(snippet.utf8), file)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            process.arguments =
                ["swiftc", "-typecheck", "-swift-version", "6", "-I", modules.path, file]
                + ["CSecp256k1", "CZlib"].flatMap {
                    ["-Xcc", "-fmodule-map-file=\(package.path)/Sources/\($0)/module.modulemap"]
                }
            let pipe = Pipe()
            process.standardError = pipe
            process.standardOutput = pipe
            try process.run()
            let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return (process.terminationStatus, text)
        }
    }

    private static let compiler = Compiler()

    private static func snippet(_ body: String) -> String {
        """
        import EthRPC
        import EthTransactions
        import KeeperCore
        func use(_ signer: any Signer, _ request: SigningRequest, _ provider: Provider) async throws {
            \(body)
        }
        """
    }

    @Test(
        "by type: what would let it sign does not compile, while the control does",
        .enabled(if: compiler != nil, "needs the built modules beside the test bundle"),
        arguments: [
            ("let dry = DryRunExecutor(); _ = dry; _ = try await signer.sign(request)", nil),
            ("_ = DryRunExecutor(signer: signer)", "argument passed to call that takes no arguments"),
            ("_ = try await DryRunExecutor().sign(request)", "has no member 'sign'"),
            ("_ = try await DryRunExecutor().signer.sign(request)", "has no member 'signer'"),
            ("_ = DryRunExecutor() as any Signer", "cannot convert value of type 'DryRunExecutor'"),
            ("_ = DryRunExecutor(provider: provider)", "argument passed to call that takes no arguments"),
        ] as [(String, String?)])
    func byType(_ body: String, _ refusal: String?) throws {
        let compiler = try #require(Self.compiler)
        let (status, text) = try compiler.typecheck(Self.snippet(body))
        if let refusal {
            #expect(status != 0)
            #expect(text.contains(refusal), "\(text)")
        } else {
            #expect(status == 0, "\(text)")
        }
    }
}
