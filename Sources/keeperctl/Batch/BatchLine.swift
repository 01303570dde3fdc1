import EthCodec
import KeeperApp

/// One line of `batch`, answered: `{"id": …, "ok": …}` or `{"id": …, "error": {"code": …, "message": …}}`.
enum BatchLine {
    /// The answer's JSON, without a line break. Any bytes have an answer.
    static func answer(to line: ArraySlice<UInt8>) -> [UInt8] {
        var id = JSON.null
        let answer: JSON
        do throws(OperationError) {
            let json = try parse(line)
            // Known before the rest is judged, so that the caller can tell which line was wrong.
            id = json["id"] ?? .null
            let request = try BatchRequest(json)
            answer = .object(["id": id, "ok": try Operation.named(request.operation)(request.members)])
        } catch {
            answer = .object([
                "id": id, "error": .object(["code": .integer(error.exitCode.rawValue), "message": .string(error.message)]),
            ])
        }
        return JSONWriter.bytes(of: answer)
    }

    /// The answer to a line that was too long to be read.
    static func refusal(_ message: String) -> [UInt8] {
        let code = JSON.integer(OperationError.badData("").exitCode.rawValue)
        return JSONWriter.bytes(of: .object(["id": .null, "error": .object(["code": code, "message": .string(message)])]))
    }

    private static func parse(_ line: ArraySlice<UInt8>) throws(OperationError) -> JSON {
        do throws(JSONError) {
            return try JSONScanner.parse(line)
        } catch {
            throw .badData("\(error)")
        }
    }
}
