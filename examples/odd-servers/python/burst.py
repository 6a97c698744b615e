"""Makes all frames of an answer at its end and sends them in one burst."""

import asyncio

from base import Frame, Server, Session, main


class Burst(Server):
    async def answer(self, session: Session, content: str, ids: Frame) -> None:
        await asyncio.sleep(2 if "#slow" in content else 0.02)
        for type_, data in self.steps(content):
            session.emit(self.error("agent_failed", **ids) if type_ == "fail" else self.frame(type_, data, **ids))


main(Burst())
