"""Sends each text in WebSocket fragments of one byte."""

from base import Server, Socket, main


def send_text(self: Socket, text: str) -> None:
    raw = text.encode()
    for i in range(len(raw) if self.open else 0):
        self.send(0 if i else 1, raw[i : i + 1], fin=i == len(raw) - 1)


Socket.send_text = send_text
main(Server())
