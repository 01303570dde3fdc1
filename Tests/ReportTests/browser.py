# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium, spoken to over a pipe (DevTools protocol): no port, no package. And the pictures that it takes."""

import base64
import json
import os
import select
import shutil
import struct
import subprocess
import tempfile
import time
import zlib
from pathlib import Path


def chromium() -> str:
    """The browser, under the names that systems give it; `None` where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Browser:
    """One page in one browser. Use as a context."""

    def __init__(self, timeout: float = 60):
        self.timeout = timeout
        self.events = []
        self._count = 0
        self._buffer = b""

    def __enter__(self):
        self._profile = tempfile.TemporaryDirectory(prefix="report-browser-")
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        # The browser reads commands on 3 and answers on 4. Its sandbox needs what containers do not give; it opens our own file only.
        script = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
                   "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe",
                   f"--user-data-dir={self._profile.name}", "about:blank"]
        self._process = subprocess.Popen(["bash", "-c", script, "browser", chromium(), *options], stdin=subprocess.DEVNULL,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                         pass_fds=(to_browser, from_browser))
        os.close(to_browser)
        os.close(from_browser)
        pages = self._call("Target.getTargets")["targetInfos"]
        target = next(page["targetId"] for page in pages if page["type"] == "page")
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        os.close(self._write)   # the browser ends when nobody speaks to it
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._read)
        # Its children may write a moment longer than it lives.
        shutil.rmtree(self._profile.name, ignore_errors=True)

    def call(self, method: str, **parameters) -> dict:
        """What the page answers to a command."""
        return self._call(method, self._session, **parameters)

    def _call(self, method: str, session: str = None, **parameters) -> dict:
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def _next(self) -> dict:
        end = time.monotonic() + self.timeout
        while b"\0" not in self._buffer:
            if not select.select([self._read], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError("the browser does not answer")
            part = os.read(self._read, 1 << 20)
            if not part:
                raise EOFError("the browser ended")
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)

    def open(self, address: str, width: int, height: int, scheme: str, media: str = ""):
        """Opens an address on a screen of that size, in `light` or `dark`, or on paper (`print`), and waits until it is loaded."""
        self.events = []
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])
        # By way of nothing, or an address that differs in its fragment only would not be loaded again.
        for place in ("about:blank", address):
            self.events = [event for event in self.events if event.get("method") != "Page.loadEventFired"]
            self.call("Page.navigate", url=place)
            while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
                self.events.append(self._next())

    def value(self, script: str):
        """What an expression is in the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def picture(self, path: Path, whole: bool = False):
        """Writes what the screen shows, or the whole page, as a PNG."""
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(data))

    def requests(self) -> list:
        """Addresses that were asked for since the page was opened."""
        return [event["params"]["request"]["url"] for event in self.events if event.get("method") == "Network.requestWillBeSent"]

    def complaints(self) -> list:
        """What the browser logged about the page."""
        return [event["params"] for event in self.events
                if event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")]


def pixels(path: Path, step: int = 5) -> list:
    """Every so many of the pixels of an 8-bit PNG, as bytes of red, green and blue: all lines are unfiltered, some are looked at."""
    data = path.read_bytes()
    at, body = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        chunk = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", chunk[:10])
        elif kind == b"IDAT":
            body += chunk
        at += 12 + length
    if depth != 8 or colour not in (2, 6):
        raise ValueError(f"{path}: neither RGB nor RGBA of 8 bits")
    size = 3 if colour == 2 else 4
    raw, above, out = zlib.decompress(body), bytearray(width * size), []
    for row in range(height):
        begin = row * (width * size + 1)
        line = bytearray(raw[begin + 1:begin + 1 + width * size])
        unfilter(raw[begin], line, above, size)
        if row % step == 0:
            out += [bytes(line[x:x + 3]) for x in range(0, len(line), size * step)]
        above = line
    return out


def unfilter(kind: int, line: bytearray, above: bytearray, size: int):
    """Turns differences to neighbours back into bytes (PNG, section 9)."""
    if kind == 2:
        line[:] = bytes((a + b) & 255 for a, b in zip(line, above))
    elif kind:
        for i in range(len(line)):
            left = line[i - size] if i >= size else 0
            up = above[i]
            if kind == 1:
                line[i] = (line[i] + left) & 255
            elif kind == 3:
                line[i] = (line[i] + (left + up) // 2) & 255
            else:
                corner = above[i - size] if i >= size else 0
                guess = left + up - corner
                nearest = min((abs(guess - left), 0, left), (abs(guess - up), 1, up), (abs(guess - corner), 2, corner))[2]
                line[i] = (line[i] + nearest) & 255
