"""The seed test: says one thing to a chat server and prints the answer. Exit 0 when it came, else 1 with the reason.

    python seed_test.py ws://127.0.0.1:8000/ws/chat
"""

import asyncio
import json
import sys

from websockets.asyncio.client import connect

SAID = {"type": "message", "data": {"content": "Create a P1 story for test"}}
SKIPPED = ("status", "tool_execution")
LIMIT_S = 10


async def converse(url: str) -> str:
    async with connect(url) as websocket:
        greeting = json.loads(await websocket.recv())
        if (greeting["type"], greeting["data"].get("status")) != ("status", "connected"):
            raise ValueError(f"expected status connected first, got {greeting}")
        await websocket.send(json.dumps(SAID))
        while (frame := json.loads(await websocket.recv()))["type"] in SKIPPED:
            pass
        if frame["type"] != "message" or not frame["data"].get("content"):
            raise ValueError(f"expected a message with content, got {frame}")
        return frame["data"]["content"]


async def main(url: str) -> str:
    async with asyncio.timeout(LIMIT_S):
        return await converse(url)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python seed_test.py ws://HOST:PORT/ws/chat")
    try:
        print(asyncio.run(main(sys.argv[1])))
    except TimeoutError:
        sys.exit(f"no answer within {LIMIT_S} s")
    except Exception as reason:
        sys.exit(f"{type(reason).__name__}: {reason}")
