/// Answers by question and node, in the order in which they came.
struct AnswerTable: Sendable {
    private var subjects: [String] = []
    private var answers: [String: [(endpoint: String, answer: ReadAnswer)]] = [:]

    mutating func add(_ subject: String, _ endpoint: String, _ answer: ReadAnswer) {
        if answers[subject] == nil { subjects.append(subject) }
        answers[subject, default: []].append((endpoint, answer))
    }

    /// How many questions there are.
    var count: Int { subjects.count }

    /// The questions that are answered differently.
    var disagreements: [Disagreement] { subjects.compactMap { Disagreement($0, answers[$0] ?? []) } }

    /// Questions that a node left without an answer, by node: how many, and the newest reason.
    var silences: [String: (count: Int, reason: String)] {
        var silences: [String: (count: Int, reason: String)] = [:]
        for subject in subjects {
            for (endpoint, answer) in answers[subject] ?? [] {
                guard case .none(let reason) = answer else { continue }
                silences[endpoint] = (1 + (silences[endpoint]?.count ?? 0), reason)
            }
        }
        return silences
    }
}
