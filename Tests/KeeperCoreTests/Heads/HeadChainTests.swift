import EthPrimitives
import EthRPC
import Testing

@testable import KeeperCore

@Suite("Heads as a chain: every transition", .timeLimit(.minutes(5)))
struct HeadChainTests {
    private typealias Action = HeadChain.Action
    private static let main = PoolFixture.chain(100...140)
    /// Leaves the main chain after 103.
    private static let fork = PoolFixture.chain(104...108, "b", on: main[3].hash)
    private static func at(_ number: UInt64) -> BlockHeader { main[Int(number) - 100] }
    private var chain = HeadChain()

    private mutating func deliver(_ numbers: ClosedRange<UInt64>) {
        for number in numbers { _ = chain.arrived(Self.at(number)) }
    }

    @Test("heads in order are delivered, each once")
    mutating func order() {
        for number in 100...103 as ClosedRange<UInt64> {
            #expect(chain.arrived(Self.at(number)) == [.deliver(Self.at(number))])
            #expect(chain.arrived(Self.at(number)).isEmpty)
        }
        #expect(chain.tip == Self.at(103))
    }

    @Test("a head that goes back is tolerated, and the chain goes on from where it was")
    mutating func backwards() {
        deliver(100...103)
        #expect(chain.arrived(Self.at(101)).isEmpty && chain.arrived(Self.at(100)).isEmpty && chain.tip == Self.at(103))
        #expect(chain.arrived(Self.at(104)) == [.deliver(Self.at(104))])
    }

    @Test("missed heads are asked for by their hash, and delivered in order")
    mutating func gap() {
        deliver(100...101)
        #expect(chain.arrived(Self.at(104)) == [.fetch(Self.at(103).hash)])
        #expect(chain.fetched(Self.at(103), for: Self.at(103).hash) == [.fetch(Self.at(102).hash)])
        #expect(
            chain.fetched(Self.at(102), for: Self.at(102).hash)
                == [.deliver(Self.at(102)), .deliver(Self.at(103)), .deliver(Self.at(104))])
    }

    @Test("without reach nothing is asked for")
    mutating func noReach() {
        chain.reach = 0
        deliver(100...101)
        #expect(chain.arrived(Self.at(104)) == [.jumped(from: Self.at(101), to: Self.at(104)), .deliver(Self.at(104))])
        #expect(chain.arrived(Self.at(105)) == [.deliver(Self.at(105))])
    }

    @Test("a gap beyond the reach is not begun with")
    mutating func tooFar() {
        chain.reach = 4
        deliver(100...100)
        #expect(chain.arrived(Self.at(106)).first == .jumped(from: Self.at(100), to: Self.at(106)))
        #expect(chain.arrived(Self.at(111)) == [.fetch(Self.at(110).hash)])
    }

    @Test("a parent that is not to be had, or is another, ends the search", arguments: [0, 1, 2])
    mutating func missing(kind: Int) {
        deliver(100...101)
        #expect(chain.arrived(Self.at(104)) == [.fetch(Self.at(103).hash)])
        let answer: BlockHeader? = [nil, Self.at(102), Self.fork[0]][kind]
        #expect(
            chain.fetched(answer, for: Self.at(103).hash)
                == [.jumped(from: Self.at(101), to: Self.at(104)), .deliver(Self.at(104))])
    }

    @Test("a reorganisation of depth one, two and more is reported with both branches", arguments: [104, 105, 108] as [UInt64])
    mutating func reorganisation(tip: UInt64) {
        deliver(100...tip)
        let reorganisation = HeadChain.Reorganisation(
            ancestor: Self.at(103), abandoned: Self.main[4...(Int(tip) - 100)].map { $0 }, adopted: [Self.fork[0]])
        #expect(chain.arrived(Self.fork[0]) == [.reorganised(reorganisation), .deliver(Self.fork[0])])
        #expect(reorganisation.depth == Int(tip) - 103)
        #expect(chain.arrived(Self.fork[1]) == [.deliver(Self.fork[1])])
    }

    @Test("a reorganisation to a branch of several blocks asks for them first")
    mutating func longBranch() {
        deliver(100...105)
        #expect(chain.arrived(Self.fork[2]) == [.fetch(Self.fork[1].hash)])
        #expect(chain.fetched(Self.fork[1], for: Self.fork[1].hash) == [.fetch(Self.fork[0].hash)])
        let reorganisation = HeadChain.Reorganisation(
            ancestor: Self.at(103), abandoned: [Self.at(104), Self.at(105)], adopted: Array(Self.fork[0...2]))
        #expect(
            chain.fetched(Self.fork[0], for: Self.fork[0].hash)
                == [.reorganised(reorganisation)] + Self.fork[0...2].map { Action.deliver($0) })
    }

    @Test("back on a branch that was abandoned: reported, and not delivered again")
    mutating func flip() {
        deliver(100...105)
        _ = chain.arrived(Self.fork[0])
        let back = HeadChain.Reorganisation(
            ancestor: Self.at(103), abandoned: [Self.fork[0]], adopted: [Self.at(104), Self.at(105)])
        #expect(chain.arrived(Self.at(105)) == [.reorganised(back)])
        #expect(chain.arrived(Self.at(106)) == [.deliver(Self.at(106))])
    }

    @Test("above blocks that were abandoned: that they are back is reported, although nothing is abandoned for them")
    mutating func backOnTop() {
        deliver(100...106)
        _ = chain.arrived(Self.fork[0])
        // A late word of the old branch, from the middle of it, and then its newest head.
        _ = chain.arrived(Self.at(104))
        let back = HeadChain.Reorganisation(
            ancestor: Self.at(104), abandoned: [], adopted: [Self.at(105), Self.at(106), Self.at(107)])
        #expect(chain.arrived(Self.at(107)) == [.reorganised(back), .deliver(Self.at(107))])
    }

    @Test("a newer head does not wait for one whose parents are on their way")
    mutating func overtaken() {
        deliver(100...101)
        #expect(chain.arrived(Self.at(103)) == [.fetch(Self.at(102).hash)])
        #expect(chain.arrived(Self.at(104)) == [.fetch(Self.at(103).hash)])
        #expect(chain.fetched(Self.at(102), for: Self.at(102).hash).isEmpty, "an answer to the question before")
    }

    @Test("a block that is older than all that is remembered is no news")
    mutating func ancient() {
        let long = PoolFixture.chain(1...400)
        for head in long { _ = chain.arrived(head) }
        #expect(chain.arrived(long[200]).isEmpty && chain.tip == long[399])
    }

    /// A tree of blocks, named in any order, some twice, some never: parents come before children, nothing comes twice, and what
    /// reorganisations say adds up to the chain.
    @Test("whatever heads come: each once, parents first, and reorganisations that add up", arguments: 1...60)
    func property(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        var blocks = PoolFixture.chain(0...0)
        var known = [blocks[0].hash: blocks[0]]
        var chain = HeadChain(reach: 40)
        var branch = blocks
        var delivered: Set = [blocks[0].hash]
        #expect(chain.arrived(blocks[0]) == [.deliver(blocks[0])])
        for step in 0..<300 {
            // Mostly on top of the newest block, sometimes a fork a few blocks below.
            let depth = random.below(10) == 0 ? Int(random.below(6)) : 0
            let parent = blocks[max(0, blocks.count - 1 - depth)]
            let block = PoolFixture.chain((parent.number + 1)...(parent.number + 1), "\(seed)/\(step)/", on: parent.hash)[0]
            blocks.append(block)
            known[block.hash] = block
            guard random.below(3) > 0 else { continue }  // missed
            let named = random.below(8) == 0 ? blocks[max(0, blocks.count - 1 - Int(random.below(8)))] : block
            var actions = chain.arrived(named)
            while case .fetch(let hash)? = actions.last { actions = chain.fetched(known[hash], for: hash) }
            for action in actions {
                switch action {
                case .deliver(let head):
                    #expect(delivered.insert(head.hash).inserted, "once")
                    branch += path(to: head, from: branch.last, known)
                case .reorganised(let reorganisation):
                    #expect(Array(branch.suffix(reorganisation.depth)) == reorganisation.abandoned)
                    branch.removeLast(reorganisation.depth)
                    #expect(branch.last == reorganisation.ancestor)
                case .jumped, .fetch: Issue.record("everything is within reach")
                }
            }
            #expect(zip(branch, branch.dropFirst()).allSatisfy { $0.hash == $1.parentHash }, "one linked chain")
            if let tip = chain.tip {
                // Known blocks on top of the newest are no news.
                branch += path(to: tip, from: branch.last, known)
                #expect(branch.last == tip)
            }
        }
        #expect(delivered.count > 100)
    }

    /// The blocks above one block, up to another.
    private func path(to head: BlockHeader, from base: BlockHeader?, _ known: [BlockHash: BlockHeader]) -> [BlockHeader] {
        var path: [BlockHeader] = []
        var next: BlockHeader? = head
        while let block = next, block != base, path.count < 50 {
            path.insert(block, at: 0)
            next = known[block.parentHash]
        }
        return path
    }

    private struct SplitMix {
        var state: UInt64
        mutating func below(_ bound: UInt64) -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return (z ^ (z >> 31)) % bound
        }
    }
}
