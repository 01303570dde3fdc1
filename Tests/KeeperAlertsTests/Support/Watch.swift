import EthPrimitives
import Foundation
import KeeperAlerts
import KeeperCore

/// Rules and book together, from sample to sample; what it holds goes through JSON each time, as over a restart.
struct Watch {
    var settings = Scene.settings
    var memory = AlertMemory()
    var book = AlertBook()
    var restarts = true

    init() { book.begin("boot") }

    /// What people are told after a sample.
    @discardableResult
    mutating func take(_ sample: KeeperSample) throws -> [AlertNotice] {
        if restarts {
            memory = try Self.copy(memory)
            book = try Self.copy(book)
        }
        return book.take(AlertRules(settings).read(sample, &memory), settings)
    }

    /// A sample every twelve seconds from one time up to and including another.
    /// - Returns: what people are told, as `650 opened late notify`.
    mutating func run(
        _ times: ClosedRange<UInt64>, branch: Int = 0, _ change: (inout KeeperSample) -> Void = { _ in }
    ) throws -> [String] {
        var said: [String] = []
        for time in stride(from: times.lowerBound, through: times.upperBound, by: 12) {
            let notices = try take(Scene(time: time, branch: branch).sample(change))
            said += notices.map { "\(time) \($0.change) \($0.kind.rawValue) \($0.severity.rawValue)" }
        }
        return said
    }

    static func copy<T: Codable & Equatable>(_ value: T) throws -> T {
        let copy = try JSONDecoder().decode(T.self, from: JSONEncoder().encode(value))
        guard copy == value else { throw CocoaError(.coderInvalidValue) }
        return copy
    }
}
