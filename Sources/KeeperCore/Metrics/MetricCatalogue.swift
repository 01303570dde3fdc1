/// All metrics of a keeper. Dashboards, alert rules and the exporter go by this list.
public enum MetricCatalogue {
    /// Seconds: a slot is 12, a poke is late from 300 on, and worth waking people from 1,800 on.
    private static let delays: [Double] = [12, 24, 36, 60, 120, 300, 600, 1800, 3600, 7200]
    private static let durations: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    // The process and its loop.
    public static let info = MetricDefinition(
        "keeper_info", .gauge, ["program", "version", "mode", "chain"], "Always 1; what runs, in its labels.")
    public static let ready = MetricDefinition("keeper_ready", .gauge, "1 while the nodes can be used and the loop acts.")
    public static let paused = MetricDefinition("keeper_paused", .gauge, "1 while an operator's pause lasts.")
    public static let ticks = MetricDefinition("keeper_ticks_total", .counter, "Heads that were observed and decided on.")
    public static let tickDuration = MetricDefinition(
        "keeper_tick_duration_seconds", .histogram(durations), "Time from a head to the end of its tick.")
    public static let tickFailures = MetricDefinition(
        "keeper_tick_failures_total", .counter, ["cause"], "Ticks that came to nothing: nodes or store failed.")
    public static let decisions = MetricDefinition(
        "keeper_decisions_total", .counter, ["reason"], "Decisions by the first of their reasons.")
    public static let reorganisations = MetricDefinition(
        "keeper_reorganisations_total", .counter, "Times that a head which had been seen left the chain.")

    // The work.
    public static let lateness = MetricDefinition(
        "keeper_lateness_seconds", .histogram(delays), ["task"], "From when work was due to the block in which it was seen done.")
    public static let lateNow = MetricDefinition(
        "keeper_late_seconds", .gauge, ["task"], "How long work has been due by now; 0 while nothing is.")
    public static let excused = MetricDefinition(
        "keeper_task_excused", .gauge, ["task"], "1 while work cannot be done by anybody, such as on an invalid source.")
    public static let lastDone = MetricDefinition(
        "keeper_task_done_timestamp_seconds", .gauge, ["task"], "Unix time of the block in which work was last seen done.")

    // Transactions and the wallet.
    public static let outcomes = MetricDefinition(
        "keeper_outcomes_total", .counter, ["outcome"], "What became of wishes: broadcast, mined-with-effect, refused and others."
    )
    public static let gasUsed = MetricDefinition("keeper_gas_used_total", .counter, "Gas of final transactions.")
    public static let gasLimit = MetricDefinition("keeper_gas_limit_total", .counter, "Gas limits of final transactions.")
    public static let cost = MetricDefinition("keeper_cost_ether_total", .counter, "Ether paid for final transactions.")
    public static let inFlight = MetricDefinition(
        "keeper_transactions_in_flight", .gauge, "Nonces that are given out and not final.")
    public static let balance = MetricDefinition("keeper_wallet_balance_ether", .gauge, "Balance of the account, as last seen.")
    public static let runway = MetricDefinition(
        "keeper_wallet_runway_seconds", .gauge, "How long the balance lasts at the cost of the last 24 hours.")

    // Nodes.
    public static let headNumber = MetricDefinition("keeper_head_number", .gauge, "Number of the newest head that was acted on.")
    public static let headTime = MetricDefinition(
        "keeper_head_timestamp_seconds", .gauge, "Unix time of the newest head that was acted on.")
    public static let baseFee = MetricDefinition("keeper_base_fee_gwei", .gauge, "Base fee of the newest head, gwei per gas.")
    public static let nodeUsable = MetricDefinition(
        "keeper_node_usable", .gauge, ["endpoint"],
        "1 while a node is fit: it neither cools down, nor lags by more than 5 blocks, nor follows another chain.")
    public static let nodeHead = MetricDefinition(
        "keeper_node_head_number", .gauge, ["endpoint"], "Number of the newest block that a node showed.")
    public static let nodeLag = MetricDefinition("keeper_node_lag_blocks", .gauge, ["endpoint"], "Blocks behind the best node.")
    public static let nodeLatency = MetricDefinition(
        "keeper_node_latency_seconds", .gauge, ["endpoint", "percentile"], "Time of recent exchanges with a node.")
    public static let rpcRequests = MetricDefinition(
        "keeper_rpc_requests_total", .counter, ["endpoint", "method"], "Requests, those inside batches too.")
    public static let rpcErrors = MetricDefinition(
        "keeper_rpc_errors_total", .counter, ["endpoint", "method"], "Requests without a usable answer.")
    public static let rpcExchanges = MetricDefinition(
        "keeper_rpc_exchanges_total", .counter, ["endpoint"], "Calls over the wire, a batch being one.")
    public static let quorum = MetricDefinition(
        "keeper_quorum_verdicts_total", .counter, ["verdict"], "What other nodes said of decisions that spend.")

    // Alerts.
    public static let alertsOpen = MetricDefinition(
        "keeper_alerts_open", .gauge, ["alert", "severity"], "Incidents that are open.")
    public static let alertsSent = MetricDefinition(
        "keeper_alert_deliveries_total", .counter, ["sink", "result"], "Attempts to deliver an alert: delivered, failed, refused."
    )
    public static let alertsWaiting = MetricDefinition(
        "keeper_alerts_waiting", .gauge, ["sink"], "Alerts that a receiver has not taken yet.")

    // The process, by the names that every Prometheus client uses.
    public static let resident = MetricDefinition("process_resident_memory_bytes", .gauge, "Resident memory of the process.")
    public static let cpu = MetricDefinition("process_cpu_seconds_total", .counter, "User and system time of the process.")
    public static let openFiles = MetricDefinition("process_open_fds", .gauge, "Open file descriptors.")
    public static let started = MetricDefinition("process_start_time_seconds", .gauge, "Unix time at which the process began.")
    public static let storeSize = MetricDefinition("keeper_store_bytes", .gauge, "Size of the store and its log on disk.")

    public static let all: [MetricDefinition] = [
        info, ready, paused, ticks, tickDuration, tickFailures, decisions, reorganisations, lateness, lateNow, excused, lastDone,
        outcomes, gasUsed, gasLimit, cost, inFlight, balance, runway, headNumber, headTime, baseFee, nodeUsable, nodeHead,
        nodeLag,
        nodeLatency, rpcRequests, rpcErrors, rpcExchanges, quorum, alertsOpen, alertsSent, alertsWaiting, resident, cpu,
        openFiles,
        started, storeSize,
    ]
}
