import Foundation

/// What happened in a run, and how it is told.
struct KillTally {
    let name: String
    let wanted: Int
    var kills = 0
    var hours = 0
    var starts = 0
    var stops = 0
    var places: [KillPlace: Int] = [:]
    var ways: [String: Int] = [:]
    var lostStores = 0
    var held = 0
    var blocks = 0
    /// From the chain.
    var pokes = 0
    var cancels = 0
    var late = 0
    var missed = 0
    var byOthers = 0
    /// From the stores.
    var lines = 0
    var records = 0
    var intents = 0
    private let began = ContinuousClock.now

    /// A line for each kill is for those who ask for many.
    private static let isAskedFor = ProcessInfo.processInfo.environment["KEEPERKIT_KILLS"] != nil

    init(_ name: String, wanted: Int) {
        self.name = name
        self.wanted = wanted
    }

    var seconds: Double { Double((ContinuousClock.now - began) / .milliseconds(1)) / 1000 }

    mutating func count(_ way: String, _ place: KillPlace, losing: Bool) {
        kills += 1
        ways[way, default: 0] += 1
        places[place, default: 0] += 1
        if losing { lostStores += 1 }
        let clock = String(format: "%5.0f s", seconds)
        let text =
            "\(name) \(kills)/\(wanted) \(clock)  hour \(hours), \(way): \(place.rawValue)\(losing ? "; the store is lost" : "")"
        if Self.isAskedFor { print(text) }
        // Otherwise lines come in heaps where they go through a pipe.
        fflush(nil)
    }

    var text: String {
        let places = KillPlace.allCases.compactMap { place in self.places[place].map { "  \(place.rawValue): \($0)" } }
        let ways = self.ways.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return """
            \(name): \(kills) kills in \(hours) hours of the chain, \(blocks) blocks; \(String(format: "%.1f", seconds)) s
            \(places.joined(separator: "\n"))
              (\(ways.joined(separator: ", ")))
            starts \(starts), orderly ends \(stops), stores deleted \(lostStores), hours in which the pool waited \(held)
            pokes \(pokes), late \(late), missed \(missed), by others \(byOthers), cancels to oneself \(cancels)
            stores sound, \(lines) lines of the journal verified, \(records) records, \(intents) intents with one outcome each
            """
    }
}
