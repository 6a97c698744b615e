"""A chat client of profile core on asyncio and `websockets`: reconnects, pings, queues."""

import asyncio
import json
import random
import time
import uuid
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

QUEUE_LIMIT = 100
MAX_FRAME_BYTES = 1 << 20
SHOWN = ("message", "tool_execution", "error")
DEFAULTS = {
    "reconnect_base_ms": 1_000,
    "reconnect_cap_ms": 30_000,
    "reconnect_jitter_ms": 1_000,
    "reconnect_max_attempts": 10,
    "heartbeat_interval_ms": 0,  # the server's, else 30 s
    "pong_timeout_ms": 10_000,
    "connect_timeout_ms": 10_000,
}


def is_final(code: int) -> bool:
    return code in (1000, 1002, 1003) or 1007 <= code <= 1010 or 4200 <= code <= 4299


class ChatClient:
    """Tells `tell(event, data)` of states, frames and refusals; all calls belong on its event loop."""

    def __init__(self, url: str, tell: Callable[[str, dict], None], **options: int) -> None:
        self.url = url
        self.tell = tell
        self.options = DEFAULTS | options
        self.queue: deque[str] = deque()
        self.link: ClientConnection | None = None
        self.life: asyncio.Task | None = None
        self.attempt = 0
        self.floor_ms = 0
        self.waiting_pong: asyncio.TimerHandle | None = None
        self.pinged_at = 0.0
        self.ended: set[str] = set()

    def connect(self) -> None:
        if self.life is None or self.life.done():
            self.attempt = 0
            self.tell("state", {"state": "connecting"})
            self.life = asyncio.ensure_future(self.live())

    def disconnect(self) -> None:
        self.leave()
        self.tell("state", {"state": "disconnected"})

    def retry(self) -> None:
        """Always works: whatever is under way is given up and the count starts over."""
        if self.link is None:
            self.leave()
            self.connect()

    def leave(self) -> None:
        life, self.life, self.link = self.life, None, None
        if life is not None:
            life.cancel()

    def send(self, content: str) -> str | None:
        """Says something now, or as soon as somebody can hear it; gives why not when it is refused."""
        text = self.frame("message", {"content": content})
        if len(text.encode()) > MAX_FRAME_BYTES:
            return "too_large"
        if len(self.queue) >= QUEUE_LIMIT:
            return "queue_full"
        self.queue.append(text)
        self.flush()
        return None

    def flush(self) -> None:
        while self.queue and self.link is not None and self.link.state.name == "OPEN":
            self.put(self.queue.popleft())

    def put(self, text: str) -> None:
        """Writes without waiting: what is written leaves in this order."""
        if self.link is not None and self.link.state.name == "OPEN":
            self.link.protocol.send_text(text.encode())
            self.link.send_data()

    def frame(self, kind: str, data: dict, **more: str) -> str:
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return json.dumps({"type": kind, "data": data, "id": str(uuid.uuid4()), "timestamp": now} | more)

    async def live(self) -> None:
        """One attempt after the other, until a final close or the last failure."""
        while True:
            code = await self.one_connection()
            if is_final(code) or self.attempt >= self.options["reconnect_max_attempts"]:
                break
            self.attempt += 1
            delay = self.delay_ms()
            self.tell("state", {"state": "reconnecting", "attempt": self.attempt, "delay_ms": delay})
            await asyncio.sleep(delay / 1_000)
        self.tell("state", {"state": "disconnected"})

    def delay_ms(self) -> int:
        o = self.options
        grown = min(o["reconnect_base_ms"] * 2 ** (self.attempt - 1), o["reconnect_cap_ms"])
        delay, self.floor_ms = max(self.floor_ms, grown + random.uniform(0, o["reconnect_jitter_ms"])), 0
        return int(delay) + 1

    async def one_connection(self) -> int:
        """From a handshake to the end; gives the close code, or 1006."""
        timeout = self.options["connect_timeout_ms"] / 1_000
        try:
            opening = connect(self.url, open_timeout=timeout, ping_interval=None, close_timeout=1, proxy=None)
            # Without a context manager, which would try again by itself and follow redirects.
            opening.process_exception = lambda reason: reason
            link = await opening
        except InvalidStatus as refused:
            return self.refused(refused)
        except (OSError, TimeoutError, WebSocketException, ValueError, EOFError):
            return 1006
        pings = None
        try:
            while True:
                frame = self.read(await link.recv())
                if frame is None:
                    continue
                if self.link is None and frame["data"].get("status") == "connected":
                    pings = asyncio.ensure_future(self.ping(link, self.greeted(link, frame["data"])))
                elif self.link is link:
                    self.hear(frame)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else closed.sent.code if closed.sent else 1006
        finally:
            self.link = None
            if pings is not None:
                pings.cancel()
            self.heard()
            asyncio.ensure_future(link.close())

    def refused(self, refused: InvalidStatus) -> int:
        after = refused.response.headers.get("Retry-After", "")
        self.floor_ms = int(after) * 1_000 if after.isdigit() else 0
        return 4200 if refused.response.status_code in (400, 401, 403) else 1006

    def read(self, text: str | bytes) -> dict | None:
        self.heard()
        try:
            frame = json.loads(text)
        except (ValueError, RecursionError):
            return None
        good = isinstance(frame, dict) and isinstance(frame.get("type"), str)
        return frame if good and isinstance(frame.get("data"), dict) else None

    def greeted(self, link: ClientConnection, data: dict) -> float:
        self.link = link
        self.tell("state", {"state": "connected"})
        self.flush()
        return (self.options["heartbeat_interval_ms"] or int(data.get("heartbeat_interval_ms") or 30_000)) / 1_000

    def hear(self, frame: dict) -> None:
        kind, data = frame["type"], frame["data"]
        if kind == "ping":
            self.put(self.frame("pong", {}, reply_to=frame.get("id")))
        elif kind == "pong":
            self.tell("latency", {"ms": round((time.monotonic() - self.pinged_at) * 1_000)})
        elif kind == "status" and data.get("status") == "drain":
            self.floor_ms = data.get("retry_after_ms") or 0
        elif kind in SHOWN or (kind == "status" and data.get("status") == "processing"):
            self.show(frame)

    def show(self, frame: dict) -> None:
        run = frame.get("run_id")
        if isinstance(run, str) and run in self.ended:
            return
        if isinstance(run, str) and (frame["type"] == "error" or "content" in frame["data"]):
            self.ended.add(run)
        self.attempt = 0
        self.tell("received", {"frame": frame})

    async def ping(self, link: ClientConnection, interval: float) -> None:
        await asyncio.sleep(random.uniform(0, interval))
        while True:
            self.pinged_at = time.monotonic()
            if self.waiting_pong is None:
                timeout = self.options["pong_timeout_ms"] / 1_000
                self.waiting_pong = asyncio.get_running_loop().call_later(timeout, self.dead, link)
            self.put(self.frame("ping", {}))
            await asyncio.sleep(interval)

    def heard(self) -> None:
        if self.waiting_pong is not None:
            self.waiting_pong.cancel()
            self.waiting_pong = None

    def dead(self, link: ClientConnection) -> None:
        asyncio.ensure_future(link.close(4000))
