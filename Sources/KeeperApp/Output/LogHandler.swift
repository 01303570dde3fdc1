internal import EthCodec
internal import EthPrimitives
import Foundation
public import Logging
import Synchronization

/// Writes log lines to standard error, as text or as one JSON object a line; standard output is for results.
public struct KeeperLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    private let format: LogConfiguration.Format
    private static let lock = Mutex(())

    public init(_ configuration: LogConfiguration) {
        format = configuration.format
        logLevel = Logger.Level(rawValue: configuration.level.rawValue) ?? .info
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let merged = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let now = ISO8601DateFormatter().string(from: Date())
        let line: String
        switch format {
        case .text:
            let fields = merged.map { " \($0.key)=\($0.value)" }.joined()
            // One line each: nothing that was said begins another.
            line = VisibleText.of("\(now) \(event.level) \(event.message)\(fields)").replacing("\n", with: #"\n"#)
        case .json:
            var object: [String: String] = ["time": now, "level": event.level.rawValue, "message": event.message.description]
            // What the line itself says goes first.
            for (key, value) in merged where object[key] == nil { object[key] = value.description }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            // Strings always encode.
            line = (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"  // see above
        }
        Self.lock.withLock { _ in FileHandle.standardError.write(Data((line + "\n").utf8)) }
    }
}
