"""A WebSocket of RFC 6455 on asyncio's streams: the handshake, and whole texts in both directions."""

import asyncio
import base64
import hashlib
import json
import os
import re
import struct
from urllib.parse import parse_qs, urlsplit

MAX_BYTES = 2**20
NAME = re.compile(r"[A-Za-z0-9._-]{1,128}")
LOCAL = re.compile(r"https?://(127\.0\.0\.1|localhost)(:\d+)?")
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def respond(writer: asyncio.StreamWriter, status: str, body: dict) -> None:
    raw = json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\nConnection: close\r\n"
    writer.write(head.encode() + b"\r\n" + raw)


async def accepted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str | None:
    """Answers one request. Returns the session id after a handshake, else None."""
    head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)).decode("latin-1").split("\r\n")
    url = urlsplit(head[0].split(" ")[1])
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:])}
    query = parse_qs(url.query, keep_blank_values=True)
    names = [value for key in ("session_id", "user_id") for value in query.get(key, [])]
    if url.path == "/health":
        respond(writer, "200 OK", {"status": "ok"})
    elif url.path != "/ws/chat" or "sec-websocket-key" not in headers:
        respond(writer, "404 Not Found", {"error": "There is nothing here.", "code": "not_found"})
    elif not all(NAME.fullmatch(name) for name in names):
        respond(writer, "400 Bad Request", {"error": "This id has other characters.", "code": "bad_session_id"})
    elif "origin" in headers and not LOCAL.fullmatch(headers["origin"]):
        respond(writer, "403 Forbidden", {"error": "This origin may not connect.", "code": "origin_forbidden"})
    else:
        key = base64.b64encode(hashlib.sha1(headers["sec-websocket-key"].encode() + GUID).digest()).decode()
        upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        writer.write(f"{upgrade}Sec-WebSocket-Accept: {key}\r\n\r\n".encode())
        return query.get("session_id", [os.urandom(16).hex()])[0]
    return None


class Socket:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer, self.open = reader, writer, True

    def send(self, opcode: int, payload: bytes, fin: bool = True) -> None:
        size = len(payload)
        length = bytes([size]) if size < 126 else struct.pack("!BH", 126, size) if size < 2**16 else b""
        self.writer.write(bytes([fin << 7 | opcode]) + (length or struct.pack("!BQ", 127, size)) + payload)

    def send_text(self, text: str) -> None:
        if self.open:
            self.send(1, text.encode())

    def backlog(self) -> int:
        return self.writer.transport.get_write_buffer_size()

    def close(self, code: int) -> None:
        """Says goodbye. The peer has three seconds to answer it."""
        if self.open:
            self.open = False
            self.send(8, struct.pack("!H", code))
            asyncio.get_running_loop().call_later(3, self.writer.transport.abort)

    async def _read(self) -> tuple[bool, int, bytes] | None:
        first, second = await self.reader.readexactly(2)
        size = second & 127
        if size > 125:
            size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
        if first & 0x70 or not second & 0x80 or first & 15 not in (0, 1, 2, 8, 9, 10) or (first & 8 and size > 125):
            self.close(1002)
            return None
        if size > MAX_BYTES:
            self.close(1009)
            return None
        mask = await self.reader.readexactly(4)
        raw = await self.reader.readexactly(size)
        pad = (mask * (size // 4 + 1))[:size]
        return bool(first & 0x80), first & 15, (int.from_bytes(raw, "big") ^ int.from_bytes(pad, "big")).to_bytes(size, "big")

    async def receive(self) -> str | None:
        """The peer's next text, None at the end."""
        parts: list[bytes] = []
        while self.open and (part := await self._read()):
            fin, opcode, payload = part
            if opcode == 8:
                self.close(int.from_bytes(payload[:2], "big") if len(payload) > 1 else 1000)
            elif opcode == 9:
                self.send(10, payload)
            elif opcode == 2 or (opcode in (0, 1) and bool(parts) != (opcode == 0)):
                self.close(1003 if opcode == 2 else 1002)
            elif opcode in (0, 1):
                parts.append(payload)
                if sum(map(len, parts)) > MAX_BYTES:
                    self.close(1009)
                elif fin:
                    try:
                        return b"".join(parts).decode()
                    except UnicodeDecodeError:
                        self.close(1007)
        await self._drain()
        return None

    async def _drain(self) -> None:
        """Reads what the peer still sends, so that the close frame is not lost by a reset."""
        self.writer.transport.can_write_eof() and self.writer.write_eof()
        while await self.reader.read(65536):
            pass
