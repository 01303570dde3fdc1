# SPDX-License-Identifier: Apache-2.0
"""Keepers as Prometheus sees them, made up: series that a test sets, served in the text format 0.0.4 with the names, labels, types
and help of the catalogue."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from house import catalogue


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def _pairs(labels: dict) -> str:
    quoted = {key: str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for key, value in labels.items()}
    return ",".join(f'{key}="{value}"' for key, value in sorted(quoted.items()))


class Keeper:
    """The metrics of one process. A value may be a function of no arguments, asked at each scrape."""

    def __init__(self, name: str):
        self.name = name
        self.metrics = catalogue()
        self.values = {}
        self.lock = threading.Lock()

    def _key(self, metric: str, labels: dict) -> tuple:
        definition = self.metrics[metric]
        assert sorted(labels) == sorted(definition.labels), f"{metric} has the labels {definition.labels}, not {list(labels)}"
        own = {"keeper": self.name} if definition.is_ours else {}
        return metric, tuple(sorted({**own, **labels}.items()))

    def set(self, metric: str, value, **labels) -> None:
        assert self.metrics[metric].kind in ("gauge", "counter")
        with self.lock:
            self.values[self._key(metric, labels)] = value

    def add(self, metric: str, amount: float = 1, **labels) -> None:
        assert self.metrics[metric].kind == "counter"
        key = self._key(metric, labels)
        with self.lock:
            self.values[key] = self.values.get(key, 0) + amount

    def observe(self, metric: str, value: float, **labels) -> None:
        assert self.metrics[metric].kind == "histogram"
        key = self._key(metric, labels)
        with self.lock:
            self.values.setdefault(key, []).append(value)

    def forget(self, metric: str, **labels) -> None:
        with self.lock:
            self.values.pop(self._key(metric, labels), None)

    def exposition(self) -> str:
        with self.lock:
            values = dict(self.values)
        lines = []
        for metric in self.metrics.values():
            series = [(labels, value) for (name, labels), value in values.items() if name == metric.name]
            if not series:
                continue
            lines += [f"# HELP {metric.name} {metric.help}", f"# TYPE {metric.name} {metric.kind}"]
            for labels, value in sorted(series, key=lambda one: one[0]):
                lines += self._lines(metric, dict(labels), value() if callable(value) else value)
        return "\n".join(lines) + "\n"

    @staticmethod
    def _lines(metric, labels: dict, value) -> list:
        if metric.kind != "histogram":
            return [f"{metric.name}{{{_pairs(labels)}}} {_number(value)}" if labels else f"{metric.name} {_number(value)}"]
        lines = []
        for bound in [*metric.bounds, float("inf")]:
            text = "+Inf" if bound == float("inf") else _number(bound)
            count = sum(1 for one in value if one <= bound)
            lines.append(f"{metric.name}_bucket{{{_pairs({**labels, 'le': text})}}} {count}")
        braces = f"{{{_pairs(labels)}}}" if labels else ""
        return lines + [f"{metric.name}_sum{braces} {_number(sum(value))}", f"{metric.name}_count{braces} {len(value)}"]


def since(start: float, rate: float):
    """A counter that rises so much a second."""
    return lambda: int((time.time() - start) * rate)


def well(name: str) -> Keeper:
    """A keeper with nothing wrong and a little history; every metric of the catalogue is there."""
    keeper, began = Keeper(name), time.time()
    for metric, value in {
        "keeper_ready": 1, "keeper_paused": 0, "keeper_ticks_total": 10, "keeper_reorganisations_total": 0,
        "keeper_gas_used_total": 0, "keeper_gas_limit_total": 0, "keeper_cost_ether_total": 0, "keeper_transactions_in_flight": 0,
        "keeper_wallet_balance_ether": 0.5, "keeper_wallet_runway_seconds": 67 * 86400, "keeper_head_number": 24337593,
        "keeper_head_timestamp_seconds": lambda: time.time() - 5, "keeper_base_fee_gwei": 0.0855,
        "process_resident_memory_bytes": 25e6, "process_cpu_seconds_total": 1.5, "process_open_fds": 21,
        "process_start_time_seconds": time.time() - 3600, "keeper_store_bytes": 4e6,
    }.items():
        keeper.set(metric, value)
    keeper.set("keeper_info", 1, program="poker", version="0.5.0", mode="primary", chain=1)
    for task in ("PIP_ETH", "PIP_SKY"):
        keeper.set("keeper_late_seconds", 0, task=task)
        keeper.set("keeper_task_excused", 0, task=task)
        keeper.set("keeper_task_done_timestamp_seconds", lambda: time.time() - 1200, task=task)
        keeper.observe("keeper_lateness_seconds", 11, task=task)
    for cause in ("nodes", "store"):
        keeper.set("keeper_tick_failures_total", 0, cause=cause)
    for outcome in ("broadcast", "mined-with-effect", "mined-without-effect", "refused"):
        keeper.set("keeper_outcomes_total", 0, outcome=outcome)
    keeper.set("keeper_decisions_total", 10, reason="already-poked")
    keeper.observe("keeper_tick_duration_seconds", 0.03)
    for verdict in ("agreed", "refused"):
        keeper.set("keeper_quorum_verdicts_total", 0, verdict=verdict)
    for endpoint in ("own", "hosted"):
        keeper.set("keeper_node_usable", 1, endpoint=endpoint)
        keeper.set("keeper_node_head_number", 24337593, endpoint=endpoint)
        keeper.set("keeper_node_lag_blocks", 0, endpoint=endpoint)
        for percentile in ("50", "95"):
            keeper.set("keeper_node_latency_seconds", 0.014, endpoint=endpoint, percentile=percentile)
        for method in ("eth_call", "eth_getBlockByNumber"):
            keeper.set("keeper_rpc_requests_total", since(began, 20), endpoint=endpoint, method=method)
            keeper.set("keeper_rpc_errors_total", 0, endpoint=endpoint, method=method)
        keeper.set("keeper_rpc_exchanges_total", since(began, 5), endpoint=endpoint)
    keeper.set("keeper_alerts_open", 0, alert="late", severity="page")
    for result in ("delivered", "failed", "refused"):
        keeper.set("keeper_alert_deliveries_total", 0, sink="pagerduty", result=result)
    keeper.set("keeper_alerts_waiting", 0, sink="pagerduty")
    missing = set(keeper.metrics) - {name for name, _ in keeper.values}
    assert not missing, f"metrics of the catalogue without a value here: {missing}"
    return keeper


def sparse(name: str) -> Keeper:
    """A keeper of many, with little to say."""
    keeper = Keeper(name)
    keeper.set("keeper_info", 1, program="poker", version="0.5.0", mode="primary", chain=1)
    keeper.set("keeper_ready", 1)
    keeper.set("keeper_late_seconds", 0, task="PIP_ETH")
    keeper.set("process_start_time_seconds", time.time() - 3600)
    for endpoint in ("own", "hosted"):
        keeper.set("keeper_node_usable", 1, endpoint=endpoint)
    return keeper


class Exporter:
    """Serves a keeper on a loopback port."""

    def __init__(self, keeper: Keeper, port: int = 0):
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = keeper.exposition().encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                # A stopped exporter must be gone for connections that were open, too.
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.address = f"127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
