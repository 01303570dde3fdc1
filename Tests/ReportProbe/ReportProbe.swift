import Glibc
import PokeStudy
import StudySamples

/// usage: report-probe SLOTS STRATEGIES
///
/// Prints the page of a made-up study, for a browser to open in a test.
@main
enum ReportProbe {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let slots = Int(arguments[1]), let strategies = Int(arguments[2]), slots >= 0, strategies >= 0
        else {
            print("usage: report-probe SLOTS STRATEGIES")
            exit(64)
        }
        print(StudyPage(StudySample(slots: slots, strategies: strategies).result).html, terminator: "")
    }
}
