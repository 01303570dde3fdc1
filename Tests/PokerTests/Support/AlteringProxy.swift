import EthCodec
import EthRPC
import Foundation
import FoundationNetworking
import Synchronization

/// A node in front of another one, which changes some questions or some answers.
enum AlteringProxy {
    /// - Parameters:
    ///   - ask: what is asked instead.
    ///   - answer: what is answered to a request instead of the result.
    ///   - admits: whether a request with these headers is let in.
    static func server(
        before url: String, admits: @escaping @Sendable (String) -> Bool = { _ in true },
        ask: @escaping @Sendable (RPCRequest) -> RPCRequest = { $0 },
        answer: @escaping @Sendable (RPCRequest, JSON) -> JSON = { $1 }
    ) throws -> CannedServer {
        guard let url = URL(string: url) else { throw URLError(.badURL) }
        return try CannedServer(admits: admits) { body in
            // What cannot be read is answered with nothing, which no test takes for an answer.
            guard let json = try? JSONScanner.parse(Array(body.utf8)) else { return "" }
            let requests = (json.array ?? [json]).compactMap(request)
            let changed = requests.map { ask($0).json }
            let asked = json.array == nil ? changed.first ?? .null : .array(changed)
            guard let response = try? JSONScanner.parse(Array(forward(asked.description, to: url).utf8)) else { return "" }
            let answers = (response.array ?? [response]).map { response in
                JSON.object(
                    (response.members ?? []).map { member in
                        let request = requests.first { $0.id == response["id"]?.uint64 }
                        guard member.name == "result", let request else { return member }
                        return JSON.Member("result", answer(request, member.value))
                    })
            }
            return (response.array == nil ? answers.first ?? .null : .array(answers)).description
        }
    }

    private static func request(_ json: JSON) -> RPCRequest? {
        guard let id = json["id"]?.uint64, let method = json["method"]?.string else { return nil }
        return RPCRequest(id: id, method: method, params: json["params"]?.array ?? [])
    }

    /// Asks and waits, in the server's own thread.
    private static func forward(_ body: String, to url: URL) -> String {
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        request.setValue("application/json", forHTTPHeaderField: "content-type")
        let answer = Mutex("")
        let done = DispatchSemaphore(value: 0)
        URLSession.shared.dataTask(with: request) { data, _, _ in
            answer.withLock { $0 = String(decoding: data ?? Data(), as: UTF8.self) }
            done.signal()
        }.resume()
        done.wait()
        return answer.withLock { $0 }
    }
}
