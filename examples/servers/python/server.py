"""A chat server of profile core on FastAPI and uvicorn: one process, sessions in memory."""

import argparse
import asyncio
import contextlib
import os
import re
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, WebSocket
from fastapi.responses import JSONResponse

from frames import ERRORS, BadFrame, error, frame, is_name, parse_frame, parse_object
from session import HEARTBEAT_INTERVAL_MS, Connection, Run, Session, agent, draining, log, mint

MAX_FRAME_BYTES, MAX_BAD_FRAMES, HISTORY_TURNS = 2**20, 10, 10
FLUSH_S, DRAIN_S = 5, 5
ORIGIN = re.compile(r"https?://([^/:]+)(?::\d+)?")

sessions: dict[str, Session] = {}


def accept_message(received: dict[str, Any], connection: Connection, session: Session) -> None:
    data, id_ = received.get("data") or {}, received.get("id")
    if code := session.refusal(data, received.get("session_id")):
        connection.send_frame(error(code, reply_to=id_))
        return
    history = (data.get("message_history") or [])[-HISTORY_TURNS:]
    session.submit(Run(data["content"], history, session.send, reply_to=id_))


def handle(received: dict[str, Any], connection: Connection, session: Session) -> None:
    match received["type"]:
        case "message":
            accept_message(received, connection, session)
        case "ping":
            connection.send_frame(frame("pong", {}, reply_to=received.get("id")))
        case "pong" | "status" | "tool_execution" | "error":
            pass
        case _:
            raise BadFrame("unknown_type", received.get("id"))


async def listen(connection: Connection, session: Session) -> None:
    bad_in_a_row = 0
    while (text := await connection.receive()) is not None:
        try:
            handle(parse_frame(text), connection, session)
            bad_in_a_row = 0
        except BadFrame as bad:
            bad_in_a_row += 1
            connection.send_frame(error(bad.code, reply_to=bad.reply_to))
            if bad_in_a_row == MAX_BAD_FRAMES:
                connection.close(4203)


async def expire_sessions() -> None:
    while True:
        await asyncio.sleep(5)
        for session in [session for session in sessions.values() if session.expire()]:
            del sessions[session.id]


@contextlib.asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    janitor = asyncio.create_task(expire_sessions())
    yield
    janitor.cancel()


app = FastAPI(title="chat", lifespan=lifespan)


def refused(status: int, code: str) -> JSONResponse:
    headers = {"Retry-After": "1"} if status in (429, 503) else None
    return JSONResponse({"error": ERRORS[code][0], "code": code}, status, headers)


def refused_handshake(websocket: WebSocket, session_id: str | None) -> JSONResponse | None:
    origin, own_host = websocket.headers.get("origin"), websocket.url.hostname
    if session_id is not None and not is_name(session_id):
        return refused(400, "bad_session_id")
    if origin is not None and (not (o := ORIGIN.fullmatch(origin)) or o[1] not in (own_host, "localhost", "127.0.0.1")):
        return refused(403, "origin_forbidden")
    return refused(503, "draining") if draining.is_set() else None


def session_of(session_id: str | None) -> Session:
    session_id = session_id or mint()
    return sessions.setdefault(session_id, Session(session_id))


@app.websocket("/ws/chat")
async def chat_socket(websocket: WebSocket, session_id: str | None = None) -> None:
    if refusal := refused_handshake(websocket, session_id):
        await websocket.send_denial_response(refusal)
        return
    await websocket.accept()
    connection, session = Connection(websocket), session_of(session_id)
    session.attach(connection)
    writer = asyncio.create_task(connection.write())
    try:
        await listen(connection, session)
    except Exception:
        log.exception("connection of session %s", session.id)
        connection.close(1011)
    finally:
        session.detach(connection)
        connection.close(1000)
        await asyncio.wait([writer], timeout=FLUSH_S)
        writer.cancel()


@app.post("/api/chat")
async def chat_http(request: Request) -> JSONResponse:
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > MAX_FRAME_BYTES:
            return refused(413, "too_large")
    try:
        body = parse_object(raw.decode(errors="surrogateescape"))
    except BadFrame as bad:
        return refused(400, bad.code)
    if body.get("session_id") is not None and not is_name(body["session_id"]):
        return refused(400, "bad_session_id")
    session = session_of(body.get("session_id"))
    data = {"content": body.get("message"), "message_history": body.get("message_history")}
    if code := session.refusal(data):
        return refused({"busy": 429, "draining": 503}.get(code, 400), code)
    frames: list[dict[str, Any]] = []
    run = Run(data["content"], (data["message_history"] or [])[-HISTORY_TURNS:], frames.append)
    session.submit(run)
    await run.done.wait()
    result = frames[-1]["data"]
    if frames[-1]["type"] == "error":
        return refused(504 if result["code"] == "agent_timeout" else 502, result["code"])
    tools = [f["data"] for f in frames if f["type"] == "tool_execution" and f["data"]["status"] == "completed"]
    reply = {"response": result["content"], "artifacts": result["artifacts"], "tools": tools}
    return JSONResponse(reply | {"session_id": session.id, "run_id": run.id})


@app.get("/api/transport")
async def transport(request: Request) -> dict[str, Any]:
    return {
        "transport": "websocket",
        "url": str(request.url_for("chat_socket")),
        "subprotocols": [],
        "rollout_percent": 100,
        "heartbeat_interval_ms": HEARTBEAT_INTERVAL_MS,
        "reconnect_interval_ms": 1_000,
        "max_reconnect_attempts": 10,
    }


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


class Server(uvicorn.Server):
    """Says where it listens; on SIGTERM lets accepted messages end before uvicorn closes everybody 1012."""

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        print(f"listening on ws://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}/ws/chat", flush=True)

    async def shutdown(self, sockets: Any = None) -> None:
        draining.set()
        if workers := [session.worker for session in sessions.values() if session.worker]:
            await asyncio.wait(workers, timeout=DRAIN_S)
        await super().shutdown(sockets)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"), help="0 takes a free one")
    parser.add_argument("--agent-delay-ms", type=int, default=os.environ.get("AGENT_DELAY_MS", "0"))
    args = parser.parse_args()
    agent.delay_ms = args.agent_delay_ms
    options = {"ws_max_size": MAX_FRAME_BYTES, "ws_ping_interval": None, "ws_per_message_deflate": False}
    config = uvicorn.Config(app, port=args.port, log_level="warning", timeout_graceful_shutdown=FLUSH_S, **options)
    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run()


if __name__ == "__main__":
    main()
