import KeeperCore
import KeeperTransactions
import Testing

@testable import KeeperApp

@Suite("What a request of an operator means")
struct RequestMeaningTests {
    private static let now: UInt64 = 1_700_000_000

    /// Until when a request pauses a keeper; `nil` if it is refused.
    private static func end(_ request: OperatorRequest) -> UInt64? {
        guard case .ordered(.pause(let time), _, _) = RequestMeaning(request, MachineState(), now: now) else { return nil }
        return time
    }

    @Test("a pause is for 30 days at most, whoever left the request, and never what means a retirement")
    func pauses() {
        let longest = RequestMeaning.longestPause
        #expect(Self.end(.pause(seconds: 7200)) == Self.now + 7200)
        #expect(Self.end(.pause(seconds: longest)) == Self.now + longest)
        #expect(Self.end(.pauseUntil(Self.now + longest)) == Self.now + longest)
        for request: OperatorRequest in [
            .pause(seconds: 0), .pause(seconds: longest + 1), .pause(seconds: .max), .pauseUntil(0), .pauseUntil(Self.now),
            .pauseUntil(Self.now + longest + 1), .pauseUntil(Retirement.forever), .pauseUntil(.max),
        ] {
            #expect(Self.end(request) == nil, "\(request)")
        }
    }

    @Test(
        "a name that is nothing in flight is answered, whatever it is",
        arguments: ["", "0", "-1", "\u{1B}[2J", "18446744073709551616"])
    func names(name: String) {
        for request: OperatorRequest in [.cancel(name), .bump(name)] {
            guard case .answered(let answer) = RequestMeaning(request, MachineState(), now: Self.now) else {
                Issue.record("\(request) is ordered")
                continue
            }
            #expect(!answer.isAccepted)
        }
    }
}
