# SPDX-License-Identifier: Apache-2.0
"""A real Prometheus and a real Alertmanager on free loopback ports, with this repository's rules and routes, in a hurry.

Time is scaled: each `for`, range and offset of the rules, and each interval of the Alertmanager, is divided by SCALE, so that what
takes a quarter of an hour takes seconds. Nothing gets shorter than SHORTEST: a range must hold some scrapes, which are made every
200 ms, and a group must wait until all have seen what one has. Thresholds on values, such as seconds of lateness, are not touched: metrics say them.
"""

import json
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import yaml

import rules
from house import tool

SCALE = 600
# Seconds.
SHORTEST = {"for": 0.4, "range": 2.0, "wait": 1.2, "interval": 0.2}
PATIENCE = 30.0

_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
PROGRAMS = {"prometheus": "prometheus", "prometheus-alertmanager": "prometheus-alertmanager"}


def missing() -> list:
    """Programs that are not installed."""
    return [name for name in PROGRAMS if tool(name) is None]


def seconds(text: str) -> float:
    return sum(float(number) * _UNITS[unit] for number, unit in re.findall(r"(\d+)(ms|[smhdwy])", text))


def scaled(text: str, least: str) -> str:
    """A duration, divided by SCALE; nothing stays nothing."""
    value = seconds(text)
    return "0s" if value == 0 else f"{round(max(value / SCALE, SHORTEST[least]) * 1000)}ms"


def scaled_query(query: str) -> str:
    query = re.sub(r"\[(\w+)\]", lambda match: f"[{scaled(match.group(1), 'range')}]", query)
    return re.sub(r"\boffset (\w+)", lambda match: f"offset {scaled(match.group(1), 'range')}", query)


def scaled_rules(file: Path) -> dict:
    content = yaml.safe_load(file.read_text())
    for group in content["groups"]:
        for index, rule in enumerate(group["rules"]):
            # What an anchor shares must not be scaled twice.
            rule = dict(rule, expr=scaled_query(rule["expr"]))
            if "for" in rule:
                rule["for"] = scaled(rule["for"], "for")
            group["rules"][index] = rule
    return content


def scaled_routes(receiver: str) -> dict:
    """The example of an Alertmanager's configuration with our receiver."""
    content = yaml.safe_load((rules.FOLDER / "alertmanager.example.yaml").read_text())

    def scale(route: dict) -> None:
        for key in ("group_wait", "group_interval", "repeat_interval"):
            if key in route:
                route[key] = scaled(route[key], "wait" if key == "group_wait" else "interval")
        for inner in route.get("routes", []):
            scale(inner)

    scale(content["route"])
    for one in content["receivers"]:
        for hook in one.get("webhook_configs", []):
            hook["url"] = hook["url"].replace("http://127.0.0.1:9099", receiver)
    return content


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(what: str, condition, patience: float = PATIENCE, pause: float = 0.05):
    """The first value of a condition that counts as true; asked again and again until then."""
    end = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {patience:.0f} s: {what}")
        time.sleep(pause)


class Receiver:
    """Takes what the Alertmanager sends: who was told what."""

    def __init__(self):
        receiver = self
        self.posts = []
        self.lock = threading.Lock()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with receiver.lock:
                    receiver.posts.append((self.path.strip("/"), body))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def told(self, to: str, kind: str, status: str, since: int = 0) -> list:
        """Notifications to a receiver about a kind."""
        with self.lock:
            return [body for path, body in self.posts[since:]
                    if path == to and body["status"] == status and body["groupLabels"].get("kind") == kind]

    @property
    def count(self) -> int:
        with self.lock:
            return len(self.posts)

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Program:
    """A process that is there until it is stopped, with its log in a file."""

    def __init__(self, folder: Path, *command):
        self.log = folder / f"{Path(command[0]).name}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen([str(part) for part in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=subprocess.STDOUT)

    def require(self) -> None:
        if self.process.poll() is not None:
            raise AssertionError(f"it ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Monitoring:
    """Prometheus and Alertmanager over targets, and who was told what.
    - targets: addresses, by job."""

    def __init__(self, targets: dict, *files: Path):
        self.folder = Path(tempfile.mkdtemp(prefix="keeperkit-monitoring-"))
        self.receiver = Receiver()
        self.programs = []
        try:
            self._start(targets, files or rules.FILES)
        except BaseException:
            self.stop()
            raise

    def _start(self, targets: dict, files) -> None:
        alertmanager = f"127.0.0.1:{free_port()}"
        prometheus = f"127.0.0.1:{free_port()}"
        self.url, self.alertmanager = f"http://{prometheus}", f"http://{alertmanager}"
        names = []
        for file in files:
            names.append(f"scaled-{file.name}")
            (self.folder / names[-1]).write_text(yaml.safe_dump(scaled_rules(file)))
        (self.folder / "alertmanager.yaml").write_text(yaml.safe_dump(scaled_routes(self.receiver.url)))
        (self.folder / "prometheus.yaml").write_text(yaml.safe_dump({
            "global": {"scrape_interval": "200ms", "scrape_timeout": "200ms", "evaluation_interval": "200ms"},
            "rule_files": names,
            "alerting": {"alertmanagers": [{"static_configs": [{"targets": [alertmanager]}]}]},
            "scrape_configs": [{"job_name": job, "static_configs": [{"targets": list(places)}]} for job, places in targets.items()],
        }))
        self.programs = [
            Program(self.folder, tool("prometheus-alertmanager"), "--config.file=alertmanager.yaml", "--storage.path=alertmanager",
                    f"--web.listen-address={alertmanager}", "--cluster.listen-address=", "--log.level=warn"),
            Program(self.folder, tool("prometheus"), "--config.file=prometheus.yaml", "--storage.tsdb.path=prometheus",
                    f"--web.listen-address={prometheus}", "--log.level=warn",
                    # What fires before Prometheus has found its Alertmanager is said again; it does so each minute by default.
                    "--rules.alert.resend-delay=3s"),
        ]
        for name, url in (("Alertmanager", self.alertmanager), ("Prometheus", self.url)):
            eventually(f"{name} is ready", lambda url=url: self._is_ready(url))
        eventually("Prometheus has found its Alertmanager", lambda: self._get("alertmanagers")["data"]["activeAlertmanagers"])

    def _is_ready(self, url: str) -> bool:
        for program in self.programs:
            program.require()
        try:
            return urllib.request.urlopen(f"{url}/-/ready", timeout=5).status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _get(self, path: str, **parameters) -> dict:
        query = urllib.parse.urlencode(parameters)
        try:
            with urllib.request.urlopen(f"{self.url}/api/v1/{path}?{query}", timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"Prometheus refuses {parameters}: {error.read().decode()}") from None

    def query(self, expression: str) -> list:
        """The result of an instant query."""
        answer = self._get("query", query=expression)
        assert answer["status"] == "success" and not answer.get("warnings"), answer
        return answer["data"]["result"]

    def firing(self) -> list:
        """Labels of the alerts that fire, but for the watchdog."""
        return [alert["labels"] for alert in self._get("alerts")["data"]["alerts"]
                if alert["state"] == "firing" and alert["labels"]["alertname"] != "KeeperWatchdog"]

    def tell(self, *alerts: dict) -> None:
        """Posts alerts to the Alertmanager, as a keeper's own sink does."""
        request = urllib.request.Request(f"{self.alertmanager}/api/v2/alerts", json.dumps(alerts).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200, answer.status

    def inhibited(self) -> list:
        """Labels of the alerts that the Alertmanager keeps quiet since others fire."""
        with urllib.request.urlopen(f"{self.alertmanager}/api/v2/alerts?active=false&silenced=false&inhibited=true", timeout=10) as answer:
            return [alert["labels"] for alert in json.load(answer)]

    def stop(self) -> None:
        for program in reversed(self.programs):
            program.stop()
        self.receiver.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
