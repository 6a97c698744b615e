"""Sends the greeting, pongs, answers and errors and nothing else: no ids, no reply_to, no codes, no tools, no progress."""

from typing import Any

from base import Frame, Server, Session, main


class Bare(Server):
    def frame(self, type_: str, data: Frame, **fields: Any) -> Frame:
        return super().frame(type_, data)

    def error(self, code: str, **fields: Any) -> Frame:
        made = super().error(code)
        return made | {"data": {"error": made["data"]["error"]}}

    def greeting(self, session: Session) -> Frame:
        return {"status": "connected"}

    def steps(self, content: str) -> list[tuple[str, Frame]]:
        return [self.last(content)]


main(Bare())
