"""One message in, the 22 frames of frames.json out: FastAPI and uvicorn, memory and audit.

Only what a comparison of servers needs: python server.py [PORT]; AUDIT names the log's file.
"""

import asyncio
import datetime
import hashlib
import json
import os
import pathlib
import sys
import uuid
from collections import deque

import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

FRAMES = json.loads(pathlib.Path(__file__).with_name("frames.json").read_text())
KEPT = 1_000

app = FastAPI()
sessions: dict[str, deque] = {}
audit_log = open(os.environ.get("AUDIT", os.devnull), "a", encoding="utf-8")
head = {"hash": "", "entry": 0}


def now() -> str:
    moment = datetime.datetime.now(datetime.timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def audit(event: str, session: str, **more) -> None:
    head["entry"] += 1
    entry = {
        "timestamp": now(),
        "entry": head["entry"],
        "event": event,
        "session_id": session,
        "prev": head["hash"],
        **more,
    }
    text = json.dumps(entry, sort_keys=True)
    head["hash"] = hashlib.sha256(text.encode()).hexdigest()
    audit_log.write(text[:-1] + ', "hash": "' + head["hash"] + '"}\n')
    audit_log.flush()


def frame(kind: str, data: dict, session: str, **more) -> str:
    return json.dumps(
        {"type": kind, "data": data, "timestamp": now(), "session_id": session, **more}
    )


async def run(socket: WebSocket, session: str, asked: dict) -> None:
    reply_to = asked.get("id")
    run_id = "r" + uuid.uuid4().hex[:16]
    content = asked["data"]["content"]
    digest = hashlib.sha256(content.encode()).hexdigest()
    audit("message_accepted", session, message_id=reply_to, run_id=run_id, payload_sha256=digest)
    kept = sessions[session]
    for kind, data in FRAMES:
        if kind == "tool_execution" and data["status"] != "pending":
            audit("tool_call", session, run_id=run_id, result=data["status"])
        if kind == "message":
            audit("run_ended", session, run_id=run_id, result="ok")
        text = frame(kind, data, session, reply_to=reply_to, run_id=run_id)
        kept.append(text)
        await socket.send_text(text)


@app.websocket("/ws/chat")
async def chat(socket: WebSocket, session_id: str | None = None) -> None:
    await socket.accept()
    session = session_id or uuid.uuid4().hex
    sessions.setdefault(session, deque(maxlen=KEPT))
    audit("connect", session)
    await socket.send_text(frame("status", {"status": "connected", "message": "Connected"}, session))
    try:
        while True:
            asked = json.loads(await socket.receive_text())
            if asked["type"] == "ping":
                await socket.send_text(frame("pong", {}, session, reply_to=asked.get("id")))
            elif asked["type"] == "message":
                await run(socket, session, asked)
    except WebSocketDisconnect:
        audit("disconnect", session)


async def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
    )
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    address = server.servers[0].sockets[0].getsockname()
    print(f"listening on ws://127.0.0.1:{address[1]}/ws/chat", flush=True)
    await serving


if __name__ == "__main__":
    asyncio.run(main())
