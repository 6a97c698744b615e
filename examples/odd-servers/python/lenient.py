"""Reads only the fields that it needs: a seq, an ack or a replay of the wrong kind is ignored like a field unknown to it."""

from base import Frame, Server, main
from frames import BadFrame, parse_object

NEEDED = {"type": str, "data": dict, "id": str, "session_id": str}


class Lenient(Server):
    def parse(self, text: str) -> Frame:
        value = {k: v for k, v in parse_object(text).items() if k in NEEDED}
        if any(v is not None and not isinstance(v, NEEDED[k]) for k, v in value.items()) or value.get("type") is None:
            raise BadFrame("invalid_frame", value["id"] if isinstance(value.get("id"), str) else None)
        return value


main(Lenient())
