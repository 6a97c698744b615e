"""An honest odd client: the example client, but it writes a message only when the one before it has ended.

Needs the package `websockets`. A message that had not ended when its connection did is written again on the next one.
"""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[4] / "examples" / "clients" / "python"))

import adapter  # noqa: E402
import client  # noqa: E402


class OneAtATime(client.ChatClient):
    written: str | None = None

    def flush(self) -> None:
        if self.written is None and self.queue and self.link is not None and self.link.state.name == "OPEN":
            self.written = self.queue.popleft()
            self.put(self.written)

    def again(self) -> None:
        if self.written is not None:
            self.queue.appendleft(self.written)
            self.written = None

    def greeted(self, link: client.ClientConnection, data: dict) -> float:
        self.again()
        return super().greeted(link, data)

    def hear(self, frame: dict) -> None:
        super().hear(frame)
        if frame["type"] == "error" and frame["data"].get("code") == "draining":
            self.again()
        elif frame["type"] == "error" or (frame["type"] == "message" and "content" in frame["data"]):
            self.written = None
            self.flush()


adapter.ChatClient = OneAtATime
asyncio.run(adapter.main())
