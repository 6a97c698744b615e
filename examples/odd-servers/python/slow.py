"""Takes 800 ms for each frame of an answer."""

from base import Server, main


class Slow(Server):
    step_s = 0.8


main(Slow())
