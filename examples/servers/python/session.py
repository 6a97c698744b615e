"""A session, its runs and the connections that come and go."""

import asyncio
import contextlib
import json
import logging
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import WebSocket, WebSocketDisconnect

from agent import ScriptedAgent
from frames import error, frame

HEARTBEAT_INTERVAL_MS, SILENCE_S = 30_000, 75
MAX_PENDING_RUNS, RUN_TIMEOUT_S = 100, 120
RETAINED_FRAMES, RETAINED_BYTES, RETAINED_S, FORGOTTEN_S = 1_000, 2**20, 120, 3_600
MAX_OUTBOX_BYTES = 8 * 2**20

log = logging.getLogger("chat")
agent = ScriptedAgent()
draining = asyncio.Event()


def mint() -> str:
    return secrets.token_hex(16)


@dataclass
class Run:
    """One message and all that is emitted for it, up to exactly one terminal frame."""

    content: str
    history: list[Any]
    emit: Callable[[dict[str, Any]], None]
    reply_to: str | None = None
    id: str = field(default_factory=mint)
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def perform(self) -> None:
        ids = {"run_id": self.id, "reply_to": self.reply_to}
        try:
            async with asyncio.timeout(RUN_TIMEOUT_S):
                async for type_, data in agent.run(self.content, self.history):
                    self.emit(frame(type_, data, **ids))
        except TimeoutError:
            self.emit(error("agent_timeout", **ids))
        except Exception as reason:  # told to the log, never to the client
            log.warning("run %s failed: %r", self.id, reason)
            self.emit(error("agent_failed", **ids))
        finally:
            self.done.set()


class Connection:
    """One open WebSocket. Its outbox never blocks the sender, and a writer empties it in order."""

    def __init__(self, websocket: WebSocket) -> None:
        self.websocket, self.open = websocket, True
        self.outbox: asyncio.Queue[str | int] = asyncio.Queue()
        self.outbox_bytes = 0

    def send(self, text: str) -> None:
        self.outbox.put_nowait(text)
        self.outbox_bytes += len(text)
        if self.outbox_bytes > MAX_OUTBOX_BYTES:
            self.close(4002)

    def send_frame(self, value: dict[str, Any]) -> None:
        self.send(json.dumps(value))

    def close(self, code: int) -> None:
        if self.open:
            self.open = False
            self.outbox.put_nowait(code)

    async def write(self) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # the peer was faster
            while isinstance(item := await self.outbox.get(), str):
                await self.websocket.send_text(item)
                self.outbox_bytes -= len(item)
            await self.websocket.close(item)
        self.open = False

    async def receive(self) -> str | None:
        """The peer's next text, None at the end. A silent peer is pinged at half time and then closed."""
        for pinged in (False, True):
            try:
                async with asyncio.timeout(SILENCE_S / 2):
                    event = await self.websocket.receive()
            except TimeoutError:
                self.close(4000) if pinged else self.send_frame(frame("ping", {}, id=mint()))
                continue
            if event.get("bytes") is not None:
                self.close(1003)
            return event.get("text") if self.open else None
        return None


class Session:
    """A conversation. It outlives its connections and answers its messages one after the other."""

    def __init__(self, session_id: str) -> None:
        self.id, self.connection, self.last_active = session_id, None, time.monotonic()
        self.retained: deque[str] = deque()
        self.retained_bytes, self.overflowed = 0, False
        self.waiting: deque[Run] = deque()
        self.worker: asyncio.Task[None] | None = None

    def attach(self, connection: Connection) -> None:
        """Greets a new connection, gives it what was retained and takes over from an older one."""
        older, self.connection = self.connection, connection
        hello = {"status": "connected", "session_id": self.id, "heartbeat_interval_ms": HEARTBEAT_INTERVAL_MS}
        connection.send_frame(frame("status", hello | {"message": "Welcome"}, session_id=self.id))
        if self.overflowed:
            connection.send_frame(error("replay_overflow", session_id=self.id))
        for text in self.retained:
            connection.send(text)
        self.retained.clear()
        self.retained_bytes, self.overflowed = 0, False
        if older is not None:
            older.close(4204)

    def detach(self, connection: Connection) -> None:
        self.last_active = time.monotonic()
        if self.connection is connection:  # a late end of an older connection leaves the newer alone
            self.connection = None

    def send(self, value: dict[str, Any]) -> None:
        text = json.dumps(value | {"session_id": self.id})
        if self.connection is not None and self.connection.open:
            self.connection.send(text)
        else:
            self.retain(text)

    def retain(self, text: str) -> None:
        self.last_active = time.monotonic()
        self.retained.append(text)
        self.retained_bytes += len(text)
        while len(self.retained) > RETAINED_FRAMES or self.retained_bytes > RETAINED_BYTES:
            self.retained_bytes -= len(self.retained.popleft())
            self.overflowed = True

    def refusal(self, data: dict[str, Any], claimed: str | None = None) -> str | None:
        """The code of the error that refuses this message, or None to accept it."""
        if not isinstance(data.get("content"), str) or not data["content"]:
            return "empty_content"
        if not isinstance(data.get("message_history") or [], list):
            return "invalid_frame"
        if any(other not in (None, self.id) for other in (claimed, data.get("session_id"))):
            return "session_mismatch"
        if draining.is_set():
            return "draining"
        return "busy" if len(self.waiting) >= MAX_PENDING_RUNS else None

    def submit(self, run: Run) -> None:
        self.waiting.append(run)
        if self.worker is None:
            self.worker = asyncio.create_task(self.work())

    async def work(self) -> None:
        while self.waiting:
            await self.waiting.popleft().perform()
        self.worker = None

    def expire(self) -> bool:
        """Drops what nobody came back for; True when the session itself can be forgotten."""
        away_s = 0 if self.connection or self.worker else time.monotonic() - self.last_active
        if away_s > RETAINED_S and self.retained:
            self.retained.clear()
            self.retained_bytes, self.overflowed = 0, True
        return away_s > (FORGOTTEN_S if self.overflowed else RETAINED_S)
