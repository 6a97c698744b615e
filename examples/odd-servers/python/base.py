"""What the odd servers in Python share: a chat server of profile core on the standard library alone.

An odd server overrides the few methods in which it is odd. The words #slow, #fail, #tools and #long steer an answer.
"""

import asyncio
import contextlib
import json
import os
import sys
from collections import deque
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "servers" / "python"))
from frames import BadFrame, error, frame, parse_frame  # noqa: E402
from socket_of import Socket, accepted  # noqa: E402

SILENCE_S, MAX_PENDING, RETAINED, MAX_OUTBOX_BYTES = 75, 100, 1_000, 8 * 2**20
Frame = dict[str, Any]


class Session:
    """A conversation: its open connections, the newest last, and what waits for the next one."""

    def __init__(self, server: "Server", name: str) -> None:
        self.server, self.name = server, name
        self.connections: list[Socket] = []
        self.retained: deque[Frame] = deque()
        self.overflowed = False
        self.waiting: deque[Any] = deque()
        self.worker: asyncio.Task[None] | None = None

    def emit(self, made: Frame) -> None:
        if self.connections:
            self.server.deliver(self.connections[-1], made)
        else:
            self.server.keep(self, made)

    def queue(self, work: Any) -> None:
        self.waiting.append(work)
        if self.worker is None:
            self.worker = asyncio.create_task(self.work())

    async def work(self) -> None:
        while self.waiting:
            await self.waiting.popleft()()
        self.worker = None


class Server:
    step_s = 0.0  # between two frames of an answer
    bad_limit = 10

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}

    def frame(self, type_: str, data: Frame, **fields: Any) -> Frame:
        return frame(type_, data, **fields)

    def error(self, code: str, **fields: Any) -> Frame:
        return error(code, **fields)

    def deliver(self, to: Socket, made: Frame) -> None:
        to.send_text(json.dumps(made))
        if to.backlog() > MAX_OUTBOX_BYTES:
            to.close(4002)

    def keep(self, session: Session, made: Frame) -> None:
        session.retained.append(made)
        if len(session.retained) > RETAINED:
            session.retained.popleft()
            session.overflowed = True

    def greeting(self, session: Session) -> Frame:
        return {"status": "connected", "session_id": session.name, "heartbeat_interval_ms": 30_000, "message": "Hi"}

    def steps(self, content: str) -> list[tuple[str, Frame]]:
        """The frames of an answer; the last ends it."""
        count = 200 if "#long" in content else 1
        made = [("status", {"status": "processing", "stage": "planning", "message": f"Step {i}"}) for i in range(count)]
        for tool in ("search", "create")[: 2 if "#tools" in content else 0]:
            call = {"tool": tool, "tool_call_id": f"call-{tool}"}
            made += [("tool_execution", call | {"status": s}) for s in ("pending", "running", "completed")]
        return made + [self.last(content)]

    def last(self, content: str) -> tuple[str, Frame]:
        return ("fail", {}) if "#fail" in content else ("message", {"content": f"Done: {content[:100]}"})

    async def answer(self, session: Session, content: str, ids: Frame) -> None:
        steps = self.steps(content)
        pause = max(self.step_s, 2 / len(steps) if "#slow" in content else 0)
        for type_, data in steps:
            await asyncio.sleep(pause)
            made = self.error("agent_failed", **ids) if type_ == "fail" else self.frame(type_, data, **ids)
            session.emit(made)

    def ids_of(self, received: Frame) -> Frame:
        return {"reply_to": received.get("id"), "run_id": os.urandom(8).hex()}

    def refusal(self, session: Session, received: Frame) -> str | None:
        data = received.get("data") or {}
        if not isinstance(data.get("content"), str) or not data["content"]:
            return "empty_content"
        if any(n not in (None, session.name) for n in (received.get("session_id"), data.get("session_id"))):
            return "session_mismatch"
        return "busy" if len(session.waiting) >= MAX_PENDING else None

    def message(self, to: Socket, session: Session, received: Frame) -> None:
        if code := self.refusal(session, received):
            self.deliver(to, self.error(code, reply_to=received.get("id")))
        else:
            content, ids = received["data"]["content"], self.ids_of(received)
            session.queue(lambda: self.answer(session, content, ids))

    def ping(self, to: Socket, session: Session, received: Frame) -> None:
        self.deliver(to, self.frame("pong", {}, reply_to=received.get("id")))

    def parse(self, text: str) -> Frame:
        return parse_frame(text)

    def handle(self, to: Socket, session: Session, text: str) -> None:
        received = self.parse(text)
        if received["type"] == "message":
            self.message(to, session, received)
        elif received["type"] == "ping":
            self.ping(to, session, received)
        elif received["type"] not in ("pong", "status", "tool_execution", "error"):
            raise BadFrame("unknown_type", received.get("id"))

    def attach(self, to: Socket, session: Session) -> None:
        self.deliver(to, self.frame("status", self.greeting(session)))
        if session.overflowed:
            self.deliver(to, self.error("replay_overflow"))
        session.overflowed = False
        while session.retained:
            self.deliver(to, session.retained.popleft())
        session.connections.append(to)
        for older in session.connections[:-1]:
            older.close(4204)

    async def listen(self, to: Socket, session: Session) -> None:
        bad, pinged = 0, False
        while True:
            try:
                text = await asyncio.wait_for(to.receive(), SILENCE_S / 2)
            except TimeoutError:
                to.close(4000) if pinged else self.deliver(to, self.frame("ping", {}, id=os.urandom(8).hex()))
                pinged = True
                continue
            if text is None:
                return
            pinged = False
            try:
                self.handle(to, session, text)
                bad = 0
            except BadFrame as fault:
                bad += 1
                self.deliver(to, self.error(fault.code, reply_to=fault.reply_to))
                if bad == self.bad_limit:
                    to.close(4203)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            if name := await accepted(reader, writer):
                session, to = self.sessions.setdefault(name, Session(self, name)), Socket(reader, writer)
                self.attach(to, session)
                try:
                    await self.listen(to, session)
                finally:
                    session.connections = [c for c in session.connections if c is not to]
        writer.close()

    async def run(self) -> None:
        port = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PORT", "0"))
        listener = await asyncio.start_server(self.serve, "127.0.0.1", port, limit=2**16, backlog=512)
        print(f"listening on ws://127.0.0.1:{listener.sockets[0].getsockname()[1]}/ws/chat", flush=True)
        await listener.serve_forever()


def main(server: Server) -> None:
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(server.run())
