/// A question that nodes answer differently.
struct Disagreement: Sendable, Hashable {
    /// Nodes with the same answer.
    struct Camp: Sendable, Hashable {
        var answer: ReadAnswer
        var endpoints: [String]
    }

    /// What was asked.
    var subject: String
    /// The largest camp first.
    var camps: [Camp]

    /// `nil` if all who answer agree.
    init?(_ subject: String, _ answers: [(endpoint: String, answer: ReadAnswer)]) {
        var camps: [Camp] = []
        for (endpoint, answer) in answers {
            if case .none = answer { continue }
            if let index = camps.firstIndex(where: { $0.answer == answer }) {
                camps[index].endpoints.append(endpoint)
            } else {
                camps.append(Camp(answer: answer, endpoints: [endpoint]))
            }
        }
        guard camps.count > 1 else { return nil }
        self.subject = subject
        // A stable order: camps of the same size stay in the order of the nodes.
        self.camps = camps.enumerated().sorted {
            ($1.element.endpoints.count, $0.offset) < ($0.element.endpoints.count, $1.offset)
        }.map(\.element)
    }

    /// The camp that is larger than any other.
    var majority: Camp? { camps[0].endpoints.count > camps[1].endpoints.count ? camps[0] : nil }

    /// Who is to be looked at: those outside of the majority, or all of them where there is none.
    var suspects: [String] { majority == nil ? camps.flatMap(\.endpoints) : camps.dropFirst().flatMap(\.endpoints) }

    /// Who says what.
    var text: String {
        let others = camps.dropFirst(majority == nil ? 0 : 1).map(Self.says).joined(separator: ", ")
        return majority.map { "\(subject): \(others), where \(Self.says($0))" } ?? "\(subject): \(others)"
    }

    private static func says(_ camp: Camp) -> String {
        let names = camp.endpoints.joined(separator: " and ")
        return "\(names) \(camp.endpoints.count == 1 ? "says" : "say") \(camp.answer.text)"
    }
}
