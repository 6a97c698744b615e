"""An honest odd client: the example client, but what waits leaves one message every 5 ms, and nothing has an id.

Needs the package `websockets`. What is left when a connection ends stays in the queue for the next one.
"""

import asyncio
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4] / "examples" / "clients" / "python"))

import adapter  # noqa: E402
import client  # noqa: E402

PAUSE_S = 0.005


class SlowClient(client.ChatClient):
    flushing: asyncio.Task | None = None

    def flush(self) -> None:
        if self.flushing is None or self.flushing.done():
            self.flushing = asyncio.ensure_future(self.flush_slowly())

    async def flush_slowly(self) -> None:
        while self.queue and self.link is not None and self.link.state.name == "OPEN":
            self.put(self.queue.popleft())
            await asyncio.sleep(PAUSE_S)

    def frame(self, kind: str, data: dict, **more: str) -> str:
        frame = json.loads(super().frame(kind, data, **more))
        del frame["id"]
        return json.dumps(frame)


adapter.ChatClient = SlowClient
asyncio.run(adapter.main())
