import EthPrimitives
import EthRPC
import EthTransactions
import KeeperTransactions

/// One run: a world, one process with the key (or by mistake two), and what happens to them, in one plain loop. The same seed gives
/// the same run.
struct Simulation: Sendable {
    let seed: UInt64
    let scenario: Scenario
    let mutant: Mutant?
    var world: World
    var dice: Dice
    var queue = EventQueue()
    /// Twelfths of a slot.
    var now: UInt64 = 0
    /// Unix seconds of the next block.
    var blockTime: UInt64
    let configuration: MachineConfiguration
    /// What stands before the key.
    let signing: SigningPolicy
    var processes: [SimProcess]
    var store = SimStore()
    var inspector = Inspector()
    /// What can go wrong now.
    var faults: Faults
    /// Height at which the world calmed.
    var calmSince: UInt64?
    var tally = RunTally()
    /// Gets a line for each event, action and change of the world.
    var trace: (@Sendable (String) -> Void)?
    var transitions: Transitions?

    /// Slots after which a calm world must have nothing left to do.
    static let calmBlocks: UInt64 = 160
    static let ticks: UInt64 = 12

    init(seed: UInt64, kind: SimulationKind, mutant: Mutant? = nil) {
        self.seed = seed
        self.mutant = mutant
        var dice = Dice(seed)
        scenario = Scenario(kind, &dice)
        world = World(scenario, Dice(dice.next()))
        self.dice = dice
        faults = scenario.faults
        blockTime = World.genesisTime
        configuration = MachineConfiguration(
            chainID: 1, account: Scenario.account, policy: scenario.policy, fees: scenario.fees)
        signing = SigningPolicy(configuration, contracts: Scenario.callable)
        processes = [SimProcess(TransactionMachine(configuration))]
    }

    /// Runs to the end.
    /// - Returns: the first violation.
    mutating func run() -> Violation? {
        start(0)
        queue.add(.slot, at: Self.ticks)
        while inspector.violation == nil, let (time, event) = queue.next() {
            now = time
            switch event {
            case .slot: if !slot() { return finish() }
            case .look(let process): look(process)
            case .answer(let process, let life, let event):
                guard processes[process].life == life else { continue }
                switch event {
                case .broadcast(let hash, .refused(let kind)):
                    inspector.refused(World.id(hash), kind, life: life, at: world.tip.number)
                case .broadcast(let hash, .accepted), .broadcast(let hash, .alreadyKnown): inspector.taken(World.id(hash))
                default: break
                }
                tell(process, event)
            case .durable(let process, let life, let write): makeDurable(process, life, write)
            case .restart(let process): start(process)
            }
        }
        return inspector.violation
    }

    private mutating func finish() -> Violation? {
        inspector.finish(store, processes[0].isUp ? processes[0].machine.state : nil, world)
        return inspector.violation
    }

    // MARK: - The world goes on

    /// - Returns: whether there is more to come.
    private mutating func slot() -> Bool {
        blockTime += Scenario.blockTime
        if dice.happens(faults.timeJump) { blockTime += Scenario.blockTime * UInt64(dice.from(2, to: 60)) }
        let before = world.tip
        world.propose(at: blockTime)
        tally.blocks += 1
        noteBlock(before)
        if calmSince == nil, world.tip.number >= scenario.stormBlocks { calm() }
        if let calmSince, isDone(calmSince) { return false }
        if dice.happens(faults.secondStart) { startSecond() }
        if dice.happens(faults.anOrder) { order() }
        for process in processes.indices where !dice.happens(faults.noLook) {
            queue.add(.look(process: process), at: now + UInt64(dice.from(1, to: 9)))
            if dice.happens(150) { queue.add(.look(process: process), at: now + UInt64(dice.from(1, to: 11))) }
        }
        queue.add(.slot, at: now + Self.ticks)
        return true
    }

    private func isDone(_ calmSince: UInt64) -> Bool {
        let blocks = world.tip.number - calmSince
        if blocks >= Self.calmBlocks { return true }
        guard blocks > Scenario.finality + 4, processes[0].isUp else { return false }
        return processes[0].machine.isIdle && processes[0].machine.state.isAdopted
            && world.slots.suffix(scenario.targets).allSatisfy { world.tip.poked & (1 << UInt64($0.index)) != 0 }
    }

    private mutating func calm() {
        trace?(scenario.isDayTight ? "a day passes, and the world calms" : "the world calms")
        faults = .none
        world.calm()
        blockTime = world.tip.time
        calmSince = world.tip.number
        for process in processes.indices where !processes[process].isUp { start(process) }
    }

    private mutating func noteBlock(_ before: SimBlock) {
        let tip = world.tip
        if !world.isOn(before, chainOf: tip) { tally.reorganisations += 1 }
        guard let trace else { return }
        let fork = world.isOn(before, chainOf: tip) ? "" : ", a fork: \(before.number) blocks became \(tip.number)"
        let mined = tip.mined.map { "form \($0.transaction) nonce \(world.transactions[$0.transaction].nonce)" }
        trace(
            "block \(tip.number) of time \(tip.time - World.genesisTime), base fee \(tip.baseFee), nonce \(tip.nonce)\(fork) "
                + (mined.isEmpty ? "" : "mined: " + mined.joined(separator: ", ")))
    }

    // MARK: - A process

    /// Begins with what the store holds.
    mutating func start(_ process: Int) {
        guard !processes[process].isUp else { return }
        do throws(RecordError) {
            let state = try MachineState(replaying: store.records)
            processes[process].life += 1
            processes[process].isUp = true
            processes[process].machine = TransactionMachine(
                configuration, state: state, mutations: mutant?.mutations ?? [])
            trace?("process \(process) begins with \(store.records.count) records")
            tell(process, .restored)
        } catch {
            inspector.object(.records, "\(error)")
        }
    }

    /// Another process tries to begin: the lock beside the store refuses it.
    private mutating func startSecond() {
        guard mutant?.ignoresLock == true else {
            trace?("a second process is refused")
            return
        }
        if processes.count < 2 { processes.append(SimProcess(TransactionMachine(configuration))) }
        start(1)
    }

    mutating func crash(_ process: Int) {
        tally.crashes += 1
        processes[process].isUp = false
        processes[process].life += 1
        processes[process].watched = []
        trace?("process \(process) dies")
        if dice.happens(scenario.storeLoss), !world.isCalm {
            store.lose()
            inspector.lostAt = world.tip.number
            tally.losses += 1
            trace?("the store is lost")
        }
        queue.add(.restart(process: process), at: now + UInt64(dice.from(1, to: 60)))
    }

    private mutating func order() {
        guard processes[0].isUp else { return }
        let state = processes[0].machine.state
        let keys = state.wanted.map(\.key) + state.bindings.compactMap(\.key)
        switch dice.below(4) {
        case 0: if !keys.isEmpty { tell(0, .ordered(.cancel(keys[dice.below(keys.count)]))) }
        case 1: if let nonce = state.bindings.first?.nonce { tell(0, .ordered(.bump(nonce))) }
        case 2: tell(0, .ordered(.pause(until: world.tip.time + UInt64(dice.from(12, to: 240)))))
        default: tell(0, .ordered(.resume))
        }
    }

    /// One look at the chain and one question to the keeper.
    private mutating func look(_ process: Int) {
        guard processes[process].isUp else { return }
        let node = dice.below(world.nodes.count)
        let machine = processes[process].machine
        let view = world.view(from: node, watching: processes[process].watched) { machine.wordsToRead(for: $0) }
        processes[process].sends.removeAll()
        let isWishFirst = dice.happens(200)
        if !isWishFirst { show(view, process) }
        if !dice.happens(faults.noWish) {
            let asked = dice.happens(100) ? dice.below(world.nodes.count) : node
            let head = world.blocks[world.nodes[asked].head]
            let wished = MachineEvent.wished(world.wishes(at: head), at: head.header)
            if dice.happens(faults.lateWish) {
                let life = processes[process].life
                queue.add(.answer(process: process, life: life, wished), at: now + UInt64(dice.from(1, to: 20)))
            } else {
                tell(process, wished)
            }
        }
        if isWishFirst { show(view, process) }
    }

    private mutating func show(_ view: ChainView, _ process: Int) {
        let life = processes[process].life
        tell(process, .saw(view))
        guard !view.words.isEmpty, processes[process].machine.newestHead?.hash == view.head.hash else { return }
        tally.wordsRead += inspector.noteWords(view.words, process, life: life)
    }

    mutating func tell(_ process: Int, _ event: MachineEvent) {
        guard processes[process].isUp else { return }
        tally.events += 1
        trace?("  process \(process) is told \(event.text)")
        let before = transitions == nil ? nil : phases(process)
        let actions = processes[process].machine.handle(event)
        if let fault = processes[process].machine.fault { inspector.object(.records, "\(fault)") }
        if let before { observe(process, event, before, actions) }
        perform(actions, process)
    }
}
