import Foundation
import TestSupport
import Testing

@testable import keeperctl

@Suite("Completions") struct CompletionTests {
    @Test(
        "install where the shell looks",
        arguments: [
            ("bash", ".local/share/bash-completion/completions/keeperctl", "complete -"),
            ("zsh", ".zfunc/_keeperctl", "#compdef keeperctl"),
            ("fish", ".config/fish/completions/keeperctl.fish", "complete -c"),
        ])
    func install(_ shell: String, _ place: String, _ mark: String) throws {
        let home = FileManager.default.temporaryDirectory.appending(path: "home-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: home) }  // left for the system to clear
        let run = try ProgramRun.run(
            ProgramRun.product("keeperctl"), ["completions", shell, "--install"], environment: ["HOME": home.path])
        #expect(run.status == 0, "\(run.errors)")
        let script = try String(contentsOf: home.appending(path: place), encoding: .utf8)
        #expect(script.contains(mark) && script.contains("keccak"))
        let printed = try ProgramRun.run(ProgramRun.product("keeperctl"), ["completions", shell])
        #expect(printed.output == script)
    }

    @Test("complete commands in bash")
    func bash() throws {
        let program = ProgramRun.product("keeperctl").path
        let script = """
            source <("\(program)" completions bash)
            COMP_WORDS=(keeperctl rlp en); COMP_CWORD=2; COMP_LINE="keeperctl rlp en"; COMP_POINT=16; COMP_TYPE=9; COMP_KEY=9
            _keeperctl keeperctl en rlp; echo "${COMPREPLY[@]}"
            """
        let run = try ProgramRun.run(URL(filePath: "/bin/bash"), ["--norc", "-c", script])
        #expect(run.output.split(separator: "\n").last == "encode", "\(run.output) \(run.errors)")
    }

    @Test("refuse an unknown shell and a missing home")
    func refusals() throws {
        let unknown = try ProgramRun.run(ProgramRun.product("keeperctl"), ["completions", "tcsh"])
        #expect(unknown.status == 64 && unknown.message.contains("tcsh"))
        let homeless = try ProgramRun.run(ProgramRun.product("keeperctl"), ["completions", "fish", "--install"])
        #expect(homeless.status == 64 && homeless.message.contains("HOME"))
    }
}
