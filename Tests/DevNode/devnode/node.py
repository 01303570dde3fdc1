# SPDX-License-Identifier: Apache-2.0
"""One node: finds the method, keeps the order, answers errors as errors."""

import json
import threading
import traceback

from .admin import Admin
from .codec import RPCError
from .methods import Methods

BATCH_LIMIT = 1000   # geth's --rpc.batch-request-limit


class Node:
    """Answers JSON-RPC bodies. The chain is touched under one lock, a batch sees one head."""

    def __init__(self, chain, world, scenario=None, advance_on_poll: bool = False, log=None):
        self.lock = threading.Lock()
        self.scenario = scenario
        advance = None
        if advance_on_poll:
            advance = scenario.advance if scenario is not None else chain.mine
        self.methods = Methods(chain, advance)
        self.admin = Admin(chain, world, scenario)
        self.log = log

    def answer(self, body: bytes) -> bytes | None:
        """The response to a request body; None when nothing is to be said."""
        try:
            request = json.loads(body)
        except ValueError:
            return _encode(_failed(None, RPCError(-32700, "parse error")))
        with self.lock:
            if isinstance(request, list):
                return self._answer_batch(request)
            response = self._answer_one(request)
            return None if response is None else _encode(response)

    def _answer_batch(self, requests: list) -> bytes | None:
        if not requests:
            return _encode(_failed(None, RPCError(-32600, "empty batch")))
        if len(requests) > BATCH_LIMIT:
            first = requests[0].get("id") if isinstance(requests[0], dict) else None
            return _encode([_failed(first, RPCError(-32600, "batch too large"))])
        responses = [r for r in (self._answer_one(request) for request in requests) if r is not None]
        return _encode(responses) if responses else None

    def _answer_one(self, request) -> dict | None:
        if not isinstance(request, dict) or request.get("jsonrpc") != "2.0" or not isinstance(request.get("method"), str):
            return _failed(request.get("id") if isinstance(request, dict) else None, RPCError(-32600, "invalid request"))
        number = request.get("id")
        if isinstance(number, (dict, list)):
            return _failed(None, RPCError(-32600, "invalid request"))
        try:
            result = self._dispatch(request["method"], request.get("params"))
            response = {"jsonrpc": "2.0", "id": number, "result": result}
        except RPCError as error:
            response = _failed(number, error)
        except Exception as error:   # a mistake of ours: say so instead of dying
            traceback.print_exc()
            response = _failed(number, RPCError(-32603, f"internal error: {error}"))
        if self.log is not None:
            self.log.write(json.dumps({"request": request, "response": response}) + "\n")
            self.log.flush()
        return response if "id" in request else None

    def _dispatch(self, name: str, params):
        if params is None:
            params = []
        if not isinstance(params, list):
            raise RPCError(-32602, "non-array args")
        if name in Methods.ARITY:
            least, most = Methods.ARITY[name]
            if len(params) > most:
                raise RPCError(-32602, f"too many arguments, want at most {most}")
            for index in range(least):
                if len(params) <= index or params[index] is None:
                    raise RPCError(-32602, f"missing value for required argument {index}")
            return getattr(self.methods, name)(params)
        if name.startswith(("evm_", "devnode_")) and hasattr(self.admin, name):
            try:
                return getattr(self.admin, name)(params)
            except (IndexError, KeyError, TypeError, AttributeError) as error:
                raise RPCError(-32602, f"{name}: {type(error).__name__} {error}")
        if name == "eth_subscribe":
            raise RPCError(-32601, "notifications not supported")
        raise RPCError(-32601, f"the method {name} does not exist/is not available")


def _failed(number, error: RPCError) -> dict:
    return {"jsonrpc": "2.0", "id": number, "error": error.as_json()}


def _encode(body) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()
