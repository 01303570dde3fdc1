import EthCodec

/// The search for the largest batch that a node takes, by halving; pure, and over after at most log₂ of the cap requests.
public struct BatchFigures: Sendable, Hashable {
    /// The largest batch that was answered.
    public private(set) var works = 1
    /// The smallest that was refused; `nil` if none was.
    public private(set) var refused: Int?
    private let cap: Int

    init(cap: Int) { self.cap = cap }

    /// The size to try next; `nil` when the search is over.
    var next: Int? {
        guard let refused else { return works < cap ? cap : nil }
        return refused - works > 1 ? works + (refused - works) / 2 : nil
    }

    mutating func tried(_ size: Int, worked: Bool) { if worked { works = max(works, size) } else { refused = size } }

    /// `100+` where nothing larger was tried.
    var text: String { refused == nil ? "\(works)+" : "\(works)" }

    var json: JSON { .object(["works": .integer(works), "refused": refused.map { .integer($0) }]) }
}
