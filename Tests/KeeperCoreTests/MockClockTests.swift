import KeeperTesting
import Testing

@Suite("Mock clock")
struct MockClockTests {
    @Test("a test awaits the next sleeper, advances, and the sleeper goes on")
    func advance() async throws {
        let clock = MockClock()
        let task = Task {
            try await clock.sleep(for: .seconds(3))
            try await clock.sleep(for: .seconds(4))
            return clock.now.offset
        }
        let first = await clock.nextSleeper()
        #expect(first.offset == .seconds(3))
        clock.advance(by: .seconds(2))
        #expect(clock.sleeperCount == 1)
        clock.advance(to: first)
        #expect(await clock.nextSleeper().offset == .seconds(7))
        clock.advance(by: .seconds(4))
        #expect(try await task.value == .seconds(7))
        #expect(clock.sleeperCount == 0)
    }

    @Test("all whose time has come wake at once; the others sleep on")
    func several() async throws {
        let clock = MockClock()
        let tasks = [1, 2, 9].map { seconds in Task { try await clock.sleep(for: .seconds(seconds)) } }
        for _ in tasks { _ = await clock.nextSleeper() }
        clock.advance(by: .seconds(5))
        try await tasks[0].value
        try await tasks[1].value
        #expect(clock.sleeperCount == 1)
        clock.advance(by: .seconds(4))
        try await tasks[2].value
    }

    @Test("a deadline that has passed does not sleep; a cancelled sleep throws")
    func edges() async throws {
        let clock = MockClock()
        try await clock.sleep(until: clock.now)
        let task = Task { try await clock.sleep(for: .seconds(1)) }
        _ = await clock.nextSleeper()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(clock.sleeperCount == 0)
        clock.advance(by: .seconds(-5))
        #expect(clock.now.offset == .zero)
    }
}
