/// What an intent's try comes to at each event: all phases × all events. A step that is not listed here is a mistake of the machine;
/// the simulator looks at each one that it takes.
///
/// Behind phase and event stand the phases that may follow, the same one first, and what may be asked for on behalf of the intent.
/// Nothing may follow where the event cannot be told in this phase. Alerts may come with any event. The hand and the store serve
/// one intent at a time: so the answer that frees them may be another's, and with it a waiting intent takes its turn.
///
///     none       restored      none
///     none       wished        none                                     persist
///     none       saw           none                                     persist
///     none       signed        none                                     persist
///     none       signingFailed none                                     persist
///     none       persisted     none wanted signing                      persist report sign
///     none       persistFailed none                                     persist
///     none       broadcast     none                                     persist
///     none       located       none                                     persist
///     none       ordered       none                                     persist
///     wanted     restored      wanted
///     wanted     wished        wanted signing                           persist report sign
///     wanted     saw           wanted signing                           persist report sign
///     wanted     signed        wanted signing                           persist report sign
///     wanted     signingFailed wanted signing                           persist report sign
///     wanted     persisted     wanted signing ended                     persist report sign
///     wanted     persistFailed wanted signing                           persist report sign
///     wanted     broadcast     wanted signing                           persist report sign
///     wanted     located       wanted signing                           persist report sign
///     wanted     ordered       wanted signing                           persist report sign
///     signing    restored      –
///     signing    wished        signing wanted                           persist report sign
///     signing    saw           signing wanted                           persist report sign
///     signing    signed        signing wanted                           persist report sign
///     signing    signingFailed wanted signing                           persist report sign
///     signing    persisted     signing wanted bound sent used ended     broadcast persist report sign watch
///     signing    persistFailed wanted signing                           persist report sign
///     signing    broadcast     signing
///     signing    located       signing
///     signing    ordered       signing wanted                           persist report sign
///     bound      restored      –
///     bound      wished        bound sent                               broadcast persist sign
///     bound      saw           bound sent used                          broadcast locate persist sign
///     bound      signed        bound sent                               broadcast persist sign
///     bound      signingFailed bound sent                               broadcast persist sign
///     bound      persisted     bound sent cancelling wanted signing     broadcast persist report sign
///     bound      persistFailed bound sent                               broadcast persist sign
///     bound      broadcast     bound sent                               broadcast persist sign
///     bound      located       bound
///     bound      ordered       bound sent                               broadcast persist sign
///     sent       restored      sent
///     sent       wished        sent                                     broadcast persist sign
///     sent       saw           sent used mined                          broadcast locate persist report sign
///     sent       signed        sent                                     broadcast persist sign
///     sent       signingFailed sent                                     broadcast persist sign
///     sent       persisted     sent cancelling                          broadcast persist report sign
///     sent       persistFailed sent                                     broadcast persist sign
///     sent       broadcast     sent bound                               broadcast persist report sign
///     sent       located       sent
///     sent       ordered       sent                                     broadcast persist sign
///     cancelling restored      cancelling
///     cancelling wished        cancelling                               broadcast persist sign
///     cancelling saw           cancelling used mined                    broadcast locate persist report sign
///     cancelling signed        cancelling                               broadcast persist sign
///     cancelling signingFailed cancelling                               broadcast persist sign
///     cancelling persisted     cancelling sent bound wanted signing     broadcast persist report sign
///     cancelling persistFailed cancelling                               broadcast persist sign
///     cancelling broadcast     cancelling                               broadcast persist report sign
///     cancelling located       cancelling
///     cancelling ordered       cancelling                               broadcast persist sign
///     used       restored      –
///     used       wished        used
///     used       saw           used bound sent cancelling mined         broadcast locate persist report sign
///     used       signed        used                                     persist
///     used       signingFailed used                                     persist
///     used       persisted     used wanted signing                      persist report sign
///     used       persistFailed used                                     persist
///     used       broadcast     used                                     persist report
///     used       located       used mined                               persist report
///     used       ordered       used                                     persist
///     mined      restored      –
///     mined      wished        mined
///     mined      saw           mined used sent cancelling               broadcast locate persist report sign
///     mined      signed        mined                                    persist
///     mined      signingFailed mined                                    persist
///     mined      persisted     mined ended                              persist report
///     mined      persistFailed mined                                    persist report
///     mined      broadcast     mined                                    persist report
///     mined      located       mined                                    persist report
///     mined      ordered       mined                                    persist
///     ended      restored      ended
///     ended      wished        ended
///     ended      saw           ended
///     ended      signed        ended
///     ended      signingFailed ended
///     ended      persisted     ended
///     ended      persistFailed ended
///     ended      broadcast     ended
///     ended      located       ended
///     ended      ordered       ended
public enum TransitionTable {
    public struct Row: Sendable, Hashable {
        public let phase: IntentPhase
        public let event: MachineEvent.Kind
        /// Empty where the event cannot be told in this phase.
        public let next: [IntentPhase]
        public let actions: [MachineAction.Kind]
        /// What happens; empty where only another intent's turn is over.
        public let meaning: String

        init(
            _ phase: IntentPhase, _ event: MachineEvent.Kind, _ next: [IntentPhase], _ actions: [MachineAction.Kind],
            _ meaning: String
        ) {
            self.phase = phase
            self.event = event
            self.next = next
            self.actions = actions
            self.meaning = meaning
        }
    }

    /// The row of a phase and an event.
    public static func row(_ phase: IntentPhase, _ event: MachineEvent.Kind) -> Row? {
        rows.first { $0.phase == phase && $0.event == event }
    }

    public static let rows: [Row] = [
        Row(.none, .restored, [.none], [], "nothing is known of it"),
        Row(.none, .wished, [.none], [.persist], "a new wish is written down"),
        Row(.none, .saw, [.none], [.persist], "the same, when the wish came before the view of its head"),
        Row(.none, .signed, [.none], [.persist], "the store was kept busy by a signed form"),
        Row(.none, .signingFailed, [.none], [.persist], "the same"),
        Row(
            .none, .persisted, [.none, .wanted, .signing], [.persist, .report, .sign],
            "it is durably wanted; it may get its nonce at once"),
        Row(.none, .persistFailed, [.none], [.persist], "it is written again at the next head"),
        Row(.none, .broadcast, [.none], [.persist], ""),
        Row(.none, .located, [.none], [.persist], ""),
        Row(.none, .ordered, [.none], [.persist], ""),
        Row(.wanted, .restored, [.wanted], [], ""),
        Row(
            .wanted, .wished, [.wanted, .signing], [.persist, .report, .sign],
            "wanted: it gets the next nonce, if caps, balance and others in flight admit it; not wanted: its end is "
                + "written once that is beyond doubt"),
        Row(.wanted, .saw, [.wanted, .signing], [.persist, .report, .sign], "the same"),
        Row(.wanted, .signed, [.wanted, .signing], [.persist, .report, .sign], "the hand is free again"),
        Row(.wanted, .signingFailed, [.wanted, .signing], [.persist, .report, .sign], "the same"),
        Row(
            .wanted, .persisted, [.wanted, .signing, .ended], [.persist, .report, .sign],
            "its end is durable; or the store is free again"),
        Row(.wanted, .persistFailed, [.wanted, .signing], [.persist, .report, .sign], "it is written again at the next head"),
        Row(.wanted, .broadcast, [.wanted, .signing], [.persist, .report, .sign], ""),
        Row(.wanted, .located, [.wanted, .signing], [.persist, .report, .sign], ""),
        Row(
            .wanted, .ordered, [.wanted, .signing], [.persist, .report, .sign],
            "recalled: its end is written; resumed: it may get its nonce"),
        Row(.signing, .restored, [], [], ""),
        Row(
            .signing, .wished, [.signing, .wanted], [.persist, .report, .sign],
            "no longer wanted: what is signed is thrown away"),
        Row(
            .signing, .saw, [.signing, .wanted], [.persist, .report, .sign],
            "the same, when the nonce is no longer the next, or after four blocks"),
        Row(
            .signing, .signed, [.signing, .wanted], [.persist, .report, .sign],
            "its first form goes to the store, if all is as it was"),
        Row(.signing, .signingFailed, [.wanted, .signing], [.persist, .report, .sign], "it is tried again after a pause"),
        Row(
            .signing, .persisted, [.signing, .wanted, .bound, .sent, .used, .ended],
            [.broadcast, .persist, .report, .sign, .watch],
            "its first form is durable: the nonce is its own, the hash is watched, the bytes go out, unless it is no "
                + "longer wanted or the nonce is used"),
        Row(
            .signing, .persistFailed, [.wanted, .signing], [.persist, .report, .sign],
            "what is signed is thrown away; nothing was sent"),
        Row(.signing, .broadcast, [.signing], [], ""),
        Row(.signing, .located, [.signing], [], ""),
        Row(
            .signing, .ordered, [.signing, .wanted], [.persist, .report, .sign],
            "recalled or paused: what is signed is thrown away"),
        Row(.bound, .restored, [], [], "after a restart nobody knows that no byte was sent"),
        Row(
            .bound, .wished, [.bound, .sent], [.broadcast, .persist, .sign],
            "wanted: the bytes go out; not wanted: the nonce is released, if none above it is out, else cancelled"),
        Row(.bound, .saw, [.bound, .sent, .used], [.broadcast, .locate, .persist, .sign], "the same"),
        Row(.bound, .signed, [.bound, .sent], [.broadcast, .persist, .sign], ""),
        Row(.bound, .signingFailed, [.bound, .sent], [.broadcast, .persist, .sign], ""),
        Row(
            .bound, .persisted, [.bound, .sent, .cancelling, .wanted, .signing], [.broadcast, .persist, .report, .sign],
            "released: it is wanted still; or a cancel is durable and goes out"),
        Row(.bound, .persistFailed, [.bound, .sent], [.broadcast, .persist, .sign], "it is released at the next head"),
        Row(
            .bound, .broadcast, [.bound, .sent], [.broadcast, .persist, .sign],
            "nothing was sent: it is tried again at the next head"),
        Row(.bound, .located, [.bound], [], ""),
        Row(.bound, .ordered, [.bound, .sent], [.broadcast, .persist, .sign], "recalled: written down"),
        Row(.sent, .restored, [.sent], [], "perhaps sent, perhaps not: all forms are watched"),
        Row(
            .sent, .wished, [.sent], [.broadcast, .persist, .sign],
            "not wanted: a cancel is signed, where it is worth its price"),
        Row(
            .sent, .saw, [.sent, .used, .mined], [.broadcast, .locate, .persist, .report, .sign],
            "a receipt: mined; the nonce used without one: used; neither: sent again, replaced or left alone, as "
                + "pools, price and caps ask"),
        Row(
            .sent, .signed, [.sent], [.broadcast, .persist, .sign],
            "another form goes to the store, if the nonce is not used by now"),
        Row(.sent, .signingFailed, [.sent], [.broadcast, .persist, .sign], "the same bytes go out again, if it is time"),
        Row(
            .sent, .persisted, [.sent, .cancelling], [.broadcast, .persist, .report, .sign],
            "another form is durable and goes out"),
        Row(.sent, .persistFailed, [.sent], [.broadcast, .persist, .sign], "the form is thrown away"),
        Row(
            .sent, .broadcast, [.sent, .bound], [.broadcast, .persist, .report, .sign],
            "taken: it waits; refused: what helps, after a pause; no answer: counts as sent; for certain not sent, and "
                + "never before: bound"),
        Row(.sent, .located, [.sent], [], ""),
        Row(
            .sent, .ordered, [.sent], [.broadcast, .persist, .sign], "recalled: written down, then cancelled; pressed: replaced"),
        Row(.cancelling, .restored, [.cancelling], [], ""),
        Row(
            .cancelling, .wished, [.cancelling], [.broadcast, .persist, .sign],
            "wanted again: the intent is signed again, after a while"),
        Row(
            .cancelling, .saw, [.cancelling, .used, .mined], [.broadcast, .locate, .persist, .report, .sign],
            "as sent; whichever form is mined decides"),
        Row(.cancelling, .signed, [.cancelling], [.broadcast, .persist, .sign], ""),
        Row(.cancelling, .signingFailed, [.cancelling], [.broadcast, .persist, .sign], ""),
        Row(
            .cancelling, .persisted, [.cancelling, .sent, .bound, .wanted, .signing], [.broadcast, .persist, .report, .sign],
            "another form is durable and goes out"),
        Row(.cancelling, .persistFailed, [.cancelling], [.broadcast, .persist, .sign], ""),
        Row(
            .cancelling, .broadcast, [.cancelling], [.broadcast, .persist, .report, .sign],
            "as sent; that a node took it decides nothing"),
        Row(.cancelling, .located, [.cancelling], [], ""),
        Row(.cancelling, .ordered, [.cancelling], [.broadcast, .persist, .sign], ""),
        Row(.used, .restored, [], [], ""),
        Row(.used, .wished, [.used], [], "nothing is signed or sent while a nonce is used"),
        Row(
            .used, .saw, [.used, .bound, .sent, .cancelling, .mined], [.broadcast, .locate, .persist, .report, .sign],
            "a receipt: mined; the nonce free again: a fork; final without a receipt: the final blocks are searched"),
        Row(.used, .signed, [.used], [.persist], ""),
        Row(.used, .signingFailed, [.used], [.persist], ""),
        Row(
            .used, .persisted, [.used, .wanted, .signing], [.persist, .report, .sign],
            "the nonce was somebody else's, finally: it is wanted still and may get another"),
        Row(.used, .persistFailed, [.used], [.persist], ""),
        Row(.used, .broadcast, [.used], [.persist, .report], "nonce too low: what the view says already"),
        Row(.used, .located, [.used, .mined], [.persist, .report], "the final blocks say whose it is"),
        Row(.used, .ordered, [.used], [.persist], ""),
        Row(.mined, .restored, [], [], ""),
        Row(.mined, .wished, [.mined], [], "a wish in spite of the receipt without effect is another try, once it is confirmed"),
        Row(
            .mined, .saw, [.mined, .used, .sent, .cancelling], [.broadcast, .locate, .persist, .report, .sign],
            "final: its outcome is written; no receipt and the nonce free: a fork took it back, it waits again; no "
                + "receipt and the nonce used: not known any more"),
        Row(.mined, .signed, [.mined], [.persist], ""),
        Row(.mined, .signingFailed, [.mined], [.persist], ""),
        Row(.mined, .persisted, [.mined, .ended], [.persist, .report], "the outcome is durable and reported"),
        Row(.mined, .persistFailed, [.mined], [.persist, .report], "the outcome is written again at the next head"),
        Row(.mined, .broadcast, [.mined], [.persist, .report], ""),
        Row(.mined, .located, [.mined], [.persist, .report], ""),
        Row(.mined, .ordered, [.mined], [.persist], "too late"),
        Row(.ended, .restored, [.ended], [], ""),
        Row(.ended, .wished, [.ended], [], "another try has a key of its own"),
        Row(.ended, .saw, [.ended], [], ""),
        Row(.ended, .signed, [.ended], [], ""),
        Row(.ended, .signingFailed, [.ended], [], ""),
        Row(.ended, .persisted, [.ended], [], ""),
        Row(.ended, .persistFailed, [.ended], [], ""),
        Row(.ended, .broadcast, [.ended], [], ""),
        Row(.ended, .located, [.ended], [], ""),
        Row(.ended, .ordered, [.ended], [], ""),
    ]
}
