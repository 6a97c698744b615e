"""The frames of the protocol: written with a timestamp, read with suspicion."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

MAX_DEPTH = 64
NAME = re.compile(r"[A-Za-z0-9._-]{1,128}")
ERRORS = {  # code: (for people, retryable)
    "agent_failed": ("The agent failed.", True),
    "agent_timeout": ("The agent took too long.", True),
    "bad_session_id": ("session_id is 1 to 128 of A-Z a-z 0-9 . _ -", False),
    "busy": ("Too many messages are waiting in this session.", True),
    "draining": ("The server is going down; try again soon.", True),
    "empty_content": ("A message needs a text that is not empty.", False),
    "invalid_frame": ("This is not a frame, or one of its fields is of the wrong kind.", False),
    "invalid_json": ("This is not JSON.", False),
    "origin_forbidden": ("Pages of this origin may not connect.", False),
    "replay_overflow": ("More was said while you were away than could be kept.", False),
    "session_mismatch": ("This connection belongs to another session.", False),
    "too_large": ("This is too large.", False),
    "unknown_type": ("No frame is of this type.", False),
}


class BadFrame(Exception):
    def __init__(self, code: str, reply_to: str | None = None) -> None:
        self.code, self.reply_to = code, reply_to


def frame(type_: str, data: dict[str, Any], **fields: str | None) -> dict[str, Any]:
    timestamp = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return {"type": type_, "data": data, "timestamp": timestamp} | {k: v for k, v in fields.items() if v is not None}


def error(code: str, **fields: str | None) -> dict[str, Any]:
    text, retryable = ERRORS[code]
    return frame("error", {"error": text, "code": code, "retryable": retryable}, **fields)


def is_name(value: Any) -> bool:
    return isinstance(value, str) and NAME.fullmatch(value) is not None


def is_position(value: Any) -> bool:
    return type(value) is int and 0 <= value < 2**53


FIELDS: dict[str, Callable[[Any], bool]] = {
    "data": lambda value: isinstance(value, dict),
    "timestamp": lambda value: isinstance(value, str),
    "replay": lambda value: isinstance(value, bool),
    **dict.fromkeys(("id", "session_id", "reply_to", "run_id"), is_name),
    **dict.fromkeys(("seq", "ack"), is_position),
}


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(value := dict(pairs)) < len(pairs):
        raise ValueError("a key comes twice")
    return value


def not_json(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def deeper_than(levels: int, value: Any) -> bool:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return children is not None and (levels == 0 or any(deeper_than(levels - 1, child) for child in children))


def parse_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text, object_pairs_hook=unique, parse_constant=not_json)
        json.dumps(value, ensure_ascii=False).encode()  # refuses lone surrogates, which no UTF-8 can carry
    except (ValueError, RecursionError):
        raise BadFrame("invalid_json") from None
    if deeper_than(MAX_DEPTH, value):
        raise BadFrame("invalid_json")
    if not isinstance(value, dict):
        raise BadFrame("invalid_frame")
    return value


def parse_frame(text: str) -> dict[str, Any]:
    value = parse_object(text)
    wrong = [name for name, fits in FIELDS.items() if value.get(name) is not None and not fits(value[name])]
    if wrong or not isinstance(value.get("type"), str):
        raise BadFrame("invalid_frame", value["id"] if is_name(value.get("id")) else None)
    return value
