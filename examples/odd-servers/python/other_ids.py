"""Names things its own way: UUIDs for frames, ULIDs for runs, and fields of its own at every level."""

import secrets
import time
import uuid
from typing import Any

from base import Frame, Server, Session, main

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def ulid() -> str:
    value = int(time.time() * 1000) << 80 | secrets.randbits(80)
    return "".join(CROCKFORD[value >> shift & 31] for shift in range(125, -1, -5))


class OtherIds(Server):
    def frame(self, type_: str, data: Frame, **fields: Any) -> Frame:
        own = {"id": str(uuid.uuid4()), "version": "2.1", "meta": {"trace": {"span": uuid.uuid4().hex}, "tags": []}}
        return own | super().frame(type_, data | {"locale": "en"}, **fields)

    def error(self, code: str, **fields: Any) -> Frame:
        made = super().error(code, **fields)
        return made | {"id": str(uuid.uuid4()), "data": made["data"] | {"status_code": 422, "help": None}}

    def ids_of(self, received: Frame) -> Frame:
        return {"reply_to": received.get("id"), "run_id": ulid(), "conversation": str(uuid.uuid4())}

    def greeting(self, session: Session) -> Frame:
        return super().greeting(session) | {"server": {"name": "odd", "build": [2, 1]}, "features": ["a", "b"]}


main(OtherIds())
