"""Drops what it makes while no connection of the session is open: nothing is retained."""

from base import Frame, Server, Session, main


class Forgetful(Server):
    def keep(self, session: Session, made: Frame) -> None:
        pass


main(Forgetful())
