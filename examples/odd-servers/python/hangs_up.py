"""Closes 1000 after each error that it sends: the client made a mistake and may come again."""

from base import Frame, Server, Socket, main


class HangsUp(Server):
    def deliver(self, to: Socket, made: Frame) -> None:
        super().deliver(to, made)
        if made["type"] == "error" and made["data"]["code"] != "replay_overflow":
            to.close(1000)


main(HangsUp())
