import Foundation

/// A folder of secrets as Kubernetes mounts one: each name is a link to `..data/NAME`, and `..data` is a link to the folder of the day, which
/// is put in the place of the old one at once.
final class SecretFolder: Sendable {
    let url: URL

    init(_ secrets: [String: String]) throws {
        url = FileManager.default.temporaryDirectory.appending(path: "secrets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try swap(secrets)
        for name in secrets.keys {
            try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: "..data/\(name)")
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }  // left for the system to clear

    func path(_ name: String) -> String { url.appending(path: name).path }

    /// Puts other secrets in the place of all.
    func swap(_ secrets: [String: String]) throws {
        let day = url.appending(path: "..\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: day, withIntermediateDirectories: false)
        for (name, text) in secrets {
            try text.write(to: day.appending(path: name), atomically: false, encoding: .utf8)
        }
        let link = url.appending(path: "..data_tmp").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: day.lastPathComponent)
        guard rename(link, url.appending(path: "..data").path) == 0 else { throw POSIXError(.EIO) }
    }
}
