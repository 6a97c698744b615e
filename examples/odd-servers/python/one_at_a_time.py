"""Works on one frame at a time in each session: a pong waits behind the answer that was asked for before it."""

from base import Frame, Server, Session, Socket, main


class OneAtATime(Server):
    def ping(self, to: Socket, session: Session, received: Frame) -> None:
        async def pong() -> None:
            self.deliver(to, self.frame("pong", {}, reply_to=received.get("id")))

        session.queue(pong)


main(OneAtATime())
