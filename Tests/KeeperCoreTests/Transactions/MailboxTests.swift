import Testing

@testable import KeeperCore

@Suite("Mailbox and reply")
struct MailboxTests {
    private struct Stop: Error {}

    @Test("messages come in the order of their posting, and none after the closing")
    func order() async {
        let mailbox = Mailbox<Int>()
        for number in 1...3 { mailbox.post(number) }
        #expect(await mailbox.next() == 1)
        #expect(mailbox.close() == [2, 3])
        #expect(!mailbox.post(4))
        #expect(await mailbox.next() == nil)
    }

    @Test("a reader waits, and goes when it is cancelled")
    func waits() async {
        let mailbox = Mailbox<Int>()
        let reader = Task { (await mailbox.next(), await mailbox.next()) }
        mailbox.post(1)
        reader.cancel()
        let (first, second) = await reader.value
        #expect((first == 1 || first == nil) && second == nil)
    }

    @Test("a reply is given once, before or after somebody waits for it")
    func reply() async throws {
        let early = Reply<Int>()
        #expect(early.give(.success(1)))
        #expect(!early.give(.success(2)))
        #expect(try await early.value() == 1)
        let late = Reply<Int>()
        let waiter = Task { try await late.value() }
        late.give(.failure(Stop()))
        await #expect(throws: Stop.self) { try await waiter.value }
    }

    @Test("one who goes away does not get it")
    func leaves() async {
        let reply = Reply<Int>()
        let waiter = Task { try await reply.value() }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        #expect(!reply.give(.success(1)))
    }
}
