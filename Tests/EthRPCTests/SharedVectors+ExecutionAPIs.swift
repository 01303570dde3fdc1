import Foundation
import TestSupport

extension SharedVectors {
    /// The (file, answer) pairs of the execution-apis tests of one method.
    static func executionAPIs(_ method: String) throws -> [(name: String, answer: [UInt8])] {
        var pairs: [(String, [UInt8])] = []
        for file in try files(in: "execution-apis/tests/\(method)", suffix: "") {
            for line in try text(file).split(separator: "\n") where line.hasPrefix("<< ") {
                pairs.append(((file as NSString).lastPathComponent, Array(line.dropFirst(3).utf8)))
            }
        }
        return pairs
    }
}
