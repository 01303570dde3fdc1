import Testing
import TestSupport

@Suite("soak, the program", .timeLimit(.minutes(2)))
struct ProgramTests {
    @Test("a few seconds of it: nothing stuck, no answer to another question, and a table")
    func short() throws {
        let run = try ProgramRun.run(ProgramRun.product("soak"), ["--seconds", "4", "--rate", "50"])
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.output.hasPrefix("operations") && run.output.contains("under way at the end  0\n"))
        #expect(run.output.contains("not judged in so short a run") && run.output.contains("hang "))
        print(run.output)
    }

    @Test("wrong options end with 64", arguments: [["--seconds", "0"], ["--rate", "0"], ["--seed", "x"]])
    func wrong(arguments: [String]) throws {
        #expect(try ProgramRun.run(ProgramRun.product("soak"), arguments).status == 64)
    }
}
