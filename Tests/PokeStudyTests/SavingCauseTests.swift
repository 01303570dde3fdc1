import PokeStudy
import Testing

@Suite struct SavingCauseTests {
    @Test("The causes are lettered A to P, each once, in their order")
    func letters() {
        #expect(String(SavingCause.allCases.map(\.letter)) == "ABCDEFGHIJKLMNOP")
    }
}
