/// How often what goes wrong, in thousandths. Drawn for each run: about half of the faults are absent from it, so that the others
/// are seen alone.
struct Faults: Sendable {
    // Of each block.
    var lag = 0, reorganisation = 0, othersPoke = 0, foreign = 0, poolDrop = 0, nodeRestart = 0, timeJump = 0, noInclusion = 0
    var secondStart = 0, anOrder = 0
    // Of each broadcast and node.
    var lostRequest = 0, lostReply = 0, acceptedAndLost = 0, refusal = 0, lateArrival = 0, nothingConnected = 0
    // Of each look at the chain.
    var noLook = 0, noWish = 0, lateWish = 0, indexLag = 0, poolsNotAsked = 0, readFailure = 0, pendingLie = 0
    // Of each action.
    var crash = 0, storeFailure = 0, signerFailure = 0
    // Of each execution.
    var starved = 0
    // Of each word of storage and block, or attempt to read it.
    var overwrite = 0, wordFailure = 0

    static let none = Faults()

    init() {}

    init(_ dice: inout Dice, _ kind: SimulationKind) {
        func some(_ most: Int, _ dice: inout Dice) -> Int { dice.happens(500) ? 0 : dice.from(1, to: most) }
        lag = some(250, &dice)
        reorganisation = some(90, &dice)
        othersPoke = some(40, &dice)
        foreign = some(30, &dice)
        poolDrop = some(120, &dice)
        nodeRestart = some(60, &dice)
        timeJump = some(15, &dice)
        noInclusion = some(500, &dice)
        secondStart = some(30, &dice)
        anOrder = some(30, &dice)
        lostRequest = some(300, &dice)
        lostReply = some(300, &dice)
        acceptedAndLost = some(200, &dice)
        refusal = some(200, &dice)
        lateArrival = some(150, &dice)
        nothingConnected = some(150, &dice)
        noLook = some(300, &dice)
        noWish = some(300, &dice)
        lateWish = some(400, &dice)
        indexLag = some(400, &dice)
        poolsNotAsked = some(600, &dice)
        readFailure = some(100, &dice)
        pendingLie = some(200, &dice)
        crash = some(kind == .storeLost ? 60 : 40, &dice)
        storeFailure = some(150, &dice)
        signerFailure = some(150, &dice)
        starved = some(300, &dice)
        overwrite = some(200, &dice)
        wordFailure = some(500, &dice)
        if kind == .wide { nothingConnected = dice.from(50, to: 250) }
        if kind == .shared { (foreign, reorganisation) = (dice.from(50, to: 200), dice.from(50, to: 200)) }
    }
}
