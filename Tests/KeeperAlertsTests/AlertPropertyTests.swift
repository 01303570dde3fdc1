import EthPrimitives
import Foundation
import KeeperAlerts
import KeeperCore
import KeeperTransactions
import TestSupport
import Testing

/// Random months: whatever goes wrong, each receiver's view of each incident is whole and in order.
@Suite("Alerts in random worlds")
struct AlertPropertyTests {
    /// What goes wrong in a world, by chance, and stays wrong for a while.
    private struct Trouble {
        var random: SeededRandom
        var time: UInt64 = 0
        var branch = 0
        var (broken, blind, due, pause): (UInt64?, UInt64?, UInt64?, UInt64?) = (nil, nil, nil, nil)
        var (empty, spike, low): (Bool, Bool, Bool) = (false, false, false)

        init(_ random: SeededRandom) { self.random = random }

        mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

        private mutating func flip(_ since: inout UInt64?, begins: Int, ends: Int) {
            if since == nil, chance(begins) { since = Scene.start + time } else if since != nil, chance(ends) { since = nil }
        }

        private mutating func flip(_ flag: inout Bool, begins: Int, ends: Int) {
            if !flag, chance(begins) { flag = true } else if flag, chance(ends) { flag = false }
        }

        mutating func step() -> KeeperSample {
            // Mostly a block, sometimes an outage of the process, rarely a clock that goes back.
            let pick = Int.random(in: 0..<100, using: &random)
            if pick < 90 {
                time += 12
            } else if pick < 99 {
                time += UInt64.random(in: 60...1500, using: &random)
            } else {
                time -= min(time, 200)
            }
            var (broken, blind, due, pause) = (self.broken, self.blind, self.due, self.pause)
            flip(&broken, begins: 3, ends: 20)
            flip(&blind, begins: 2, ends: 5)
            flip(&due, begins: 5, ends: 5)
            flip(&pause, begins: 1, ends: 1)
            (self.broken, self.blind, self.due, self.pause) = (broken, blind, due, pause)
            var (empty, spike, low) = (self.empty, self.spike, self.low)
            flip(&empty, begins: 4, ends: 30)
            flip(&spike, begins: 5, ends: 3)
            flip(&low, begins: 2, ends: 10)
            (self.empty, self.spike, self.low) = (empty, spike, low)
            // A reorganisation, and often what was seen before is not on the other branch.
            let isUndone = chance(5)
            let head = 1000 + time / 12
            let gone = Set((head - 12...head).map { Scene.hash($0, branch: branch) })
            if isUndone {
                branch += 1
                if chance(60) { self.empty = false }
            }
            empty = self.empty
            var sample = Scene(time: time, branch: branch).sample()
            sample.blindSince = blind
            if let broken { sample.troubles.append(.init(.records, "broken", since: broken)) }
            if let pause { sample.pause = .init(since: pause, until: pause + 90_000) }
            if let due { for index in sample.work.indices { sample.work[index].dueSince = due } }
            if low { sample.wallet = .init(balance: .gwei(1), reserve: .gwei(2), costPerDay: nil) }
            if empty { sample.told.append(Alert(key: "poker-a/PIP_ETH/no-price", severity: .page, text: "empty")) }
            if spike { sample.told.append(Alert(key: "poker-a/fee-cap", severity: .urgent, text: "high \(time)")) }
            if chance(3) { sample.events.append(.foreign(nonce: time, chance(50) ? Scene.hash(time) : nil)) }
            if chance(3) {
                sample.events.append(.effectMissing(Scene.intent(epoch: Scene.start + time), Scene.hash(time), text: "x"))
            }
            if chance(3) { sample.events.append(.actedAsBackup(epoch: Scene.start + time / 3600 * 3600)) }
            if isUndone {
                sample.events.append(.reorganisation(depth: 6, abandoned: gone))
            }
            return sample
        }

        /// All is well from now on.
        mutating func heal() {
            (broken, blind, due, pause) = (nil, nil, nil, nil)
            (empty, spike, low) = (false, false, false)
        }
    }

    /// A receiver that keeps what it took, each id once, as one with idempotency does.
    private final class Receiver: Sendable {
        struct Taken: Sendable { var id, gist, incident, key: String }
        let world: World
        init(_ world: World) { self.world = world }

        /// What it took: the first of each id. What was answered is in `accepted`.
        func taken(_ name: String, _ accepted: Set<Int>) -> [Taken] {
            var seen: Set<String> = []
            return world.posts.enumerated().compactMap { index, post in
                guard accepted.contains(index), post.url.contains("\(name).example"), seen.insert(post.id).inserted,
                    let json = try? JSONSerialization.jsonObject(with: Data(post.body.utf8)) as? [String: Any]
                else { return nil }
                return Taken(
                    id: post.id, gist: post.gist, incident: json["incident"] as? String ?? "", key: json["key"] as? String ?? "")
            }
        }
    }

    @Test(
        "whatever happens, each incident opens once, rises and ends at most once at each receiver, nothing comes twice, and nothing is lost",
        arguments: 1...16 as ClosedRange<UInt64>)
    func months(_ seed: UInt64) async throws {
        let world = World()
        var trouble = Trouble(SeededRandom(seed))
        var chance = SeededRandom(seed &+ 1_000_000)
        let sinks = [World.webhook("all"), World.webhook("some", minimum: .urgent), World.webhook("loud", minimum: .page)]
        var notices: [AlertNotice] = []
        var desk = world.desk(sinks)
        // By the number of the post: a receiver may take an alert and lose the answer.
        let fates = Fates(seed)
        world.answer { post in try fates.fate(post) }
        for _ in 0..<300 {
            notices += desk.take(trouble.step())
            world.pass(Int.random(in: 1...30, using: &chance))
            if Int.random(in: 0..<3, using: &chance) > 0 { await desk.deliverDue() }
            if Int.random(in: 0..<10, using: &chance) == 0 { desk = world.desk(sinks) }
        }
        // All heals: the keeper, the receivers. What happened is over after a day.
        trouble.heal()
        fates.heal()
        for step in 0..<30 {
            let time = trouble.time + (step < 10 ? UInt64(step) * 60 : 90_000 + UInt64(step) * 60)
            notices += desk.take(Scene(time: time, branch: trouble.branch).sample(Scene.done(Scene.start + time)))
            world.pass(400)
            await desk.deliverDue()
        }
        #expect(desk.open.isEmpty, "\(desk.open.map(\.key))")
        #expect(desk.waiting.values.allSatisfy { $0 == 0 })

        check(notices, minimum: .info, isBook: true)
        for sink in sinks {
            let taken = Receiver(world).taken(sink.name, fates.accepted)
            let byIncident = Dictionary(grouping: taken, by: \.incident)
            for (incident, all) in byIncident { check(all.map(\.gist), incident, seed) }
            // Everything that reached its minimum and was not over before anybody tried to tell it was told, and ended.
            let tried = Set(
                world.posts.filter { $0.url.contains("\(sink.name).example") }.compactMap { post in
                    (try? JSONSerialization.jsonObject(with: Data(post.body.utf8)) as? [String: Any])?["incident"] as? String
                })
            #expect(Set(byIncident.keys) == tried, "seed \(seed), \(sink.name)")
            let due = Dictionary(grouping: notices, by: \.incident).filter { $0.value.contains { $0.severity >= sink.minimum } }
            #expect(Set(byIncident.keys).isSubset(of: due.keys))
            // The last that it knows of each key is an end.
            for (key, all) in Dictionary(grouping: taken, by: \.key) {
                let last = all.last?.gist ?? ""
                #expect(last.hasPrefix("resolved") || last.hasPrefix("retracted"), "seed \(seed), \(sink.name), \(key): \(last)")
            }
        }
    }

    @Test("these worlds have each kind of change, and most kinds of alerts")
    func worlds() throws {
        var (changes, kinds): (Set<AlertNotice.Change>, Set<AlertKind>) = ([], [])
        for seed in 1...6 as ClosedRange<UInt64> {
            var (trouble, watch) = (Trouble(SeededRandom(seed)), Watch())
            watch.restarts = false
            for _ in 0..<300 {
                let notices = try watch.take(trouble.step())
                changes.formUnion(notices.map(\.change))
                kinds.formUnion(notices.map(\.kind))
            }
        }
        #expect(changes == Set(AlertNotice.Change.allCases))
        #expect(
            kinds.isSuperset(of: [
                .late, .recordsBroken, .nodesUnusable, .noPrice, .feeCap, .runway, .foreignTransaction, .effectMissing,
                .backupActed,
                .deepReorganisation,
            ]))
    }

    /// The book's own notices.
    private func check(_ notices: [AlertNotice], minimum: Alert.Severity, isBook: Bool) {
        for (incident, all) in Dictionary(grouping: notices, by: \.incident) {
            #expect(all.map(\.change).filter { $0 == .opened }.count == 1, "\(incident)")
            #expect(all.first?.change == .opened && all.last?.change.isEnd == true, "\(incident)")
            #expect(all.filter(\.change.isEnd).count == 1, "\(incident)")
            let rises = all.dropLast().map(\.severity)
            #expect(zip(rises, rises.dropFirst()).allSatisfy { $0 < $1 }, "\(incident)")
        }
        #expect(Set(notices.map(\.sequence)).count == notices.count)
    }

    /// What a receiver took of one incident.
    private func check(_ gists: [String], _ incident: String, _ seed: UInt64) {
        let words = gists.map { $0.split(separator: " ").map(String.init) }
        #expect(words.first?.first == "opened", "seed \(seed), \(incident): \(gists)")
        #expect(words.filter { $0[0] == "opened" }.count == 1, "seed \(seed), \(incident): \(gists)")
        let ends = words.filter { $0[0] == "resolved" || $0[0] == "retracted" }
        #expect(ends.count == 1 && words.last.map { $0[0] != "escalated" && $0[0] != "opened" } == true, "seed \(seed): \(gists)")
        let rises = words.dropLast().compactMap { Alert.Severity(rawValue: $0[2]) }
        #expect(zip(rises, rises.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed), \(incident): \(gists)")
    }
}
