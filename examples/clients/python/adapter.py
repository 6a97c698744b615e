"""The chat client as a client under test: `python adapter.py`, see docs/client-adapter.md."""

import asyncio
import json
import os
import sys
from urllib.parse import quote

from client import DEFAULTS, ChatClient


def tell(line: dict) -> None:
    print(json.dumps(line), flush=True)


def event(name: str, data: dict) -> None:
    tell({"event": name, "data": data})


def uncaught(loop: asyncio.AbstractEventLoop, context: dict) -> None:
    event("error", {"message": f"{context['message']}: {context.get('exception')!r}"})


async def main() -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(uncaught)
    given = {name: os.environ.get(f"HOLDFAST_{name.upper()}") for name in DEFAULTS}
    options = {name: int(value) for name, value in given.items() if value is not None}
    url = f"{os.environ['HOLDFAST_URL']}?session_id={quote(os.environ['HOLDFAST_SESSION_ID'])}"
    tell({"event": "ready", "profile": "core", "overrides": list(DEFAULTS), "attempt_reset": "open"})
    client = ChatClient(url, event, **options)
    client.connect()
    stdin = asyncio.StreamReader(limit=1 << 24)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdin), sys.stdin)
    while line := await stdin.readline():
        command = json.loads(line)
        match command["cmd"]:
            case "send":
                if refusal := client.send(command["content"]):
                    event("refused", {"n": command["n"], "code": refusal})
            case "connect" | "disconnect" | "retry" as name:
                getattr(client, name)()
            case "wait":
                await asyncio.sleep(command["ms"] / 1_000)
            case _:
                tell({"re": command["n"], "unsupported": True})
                continue
        tell({"re": command["n"], "ok": True})
    client.leave()
    if rest := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(rest, timeout=1)


if __name__ == "__main__":
    asyncio.run(main())
