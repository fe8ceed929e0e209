"""What the crash programs share: a database whose workers are forked, as Odoo's own server does, and killed.

Everything here is committed, by real transactions of real processes.
"""

import json
import os
import random
import signal
import sys
import time
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.tools import config

MODULE = "coup_de_pousse_membership"


class World:
    """The database, and what is asked of it.

    usage: PROGRAM ODOO-OPTIONS…   (the database named there has the addon installed)
    What was seen is written as one JSON object on the last line.
    """

    #: A worker is killed within its first batches…
    BATCHES = 4
    #: … at any moment of the last of them: seconds.
    LONGEST = 0.3

    def __init__(self, options):
        config.parse_config(options)
        (self.name,) = config["db_name"]
        self.registry = Registry(self.name)
        self.random = random.Random(20260101)  # noqa: S311 - moments, not secrets
        self.seen = {"kills": 0, "broken": []}
        self.pipe = None
        commit = self.registry["ir.cron"]._commit_progress

        def commit_and_tick(*args, **options):
            left = commit(*args, **options)
            self.tick()
            return left

        patch.object(self.registry["ir.cron"], "_commit_progress", commit_and_tick).start()

    def tick(self):
        """Tell the parent of a worker that something is done."""
        if self.pipe:
            os.write(self.pipe, b".")

    @classmethod
    def main(cls):
        """Tell the story, and print what was seen."""
        world = cls(sys.argv[1:])
        began = time.monotonic()
        world.tell()
        world.seen["seconds"] = round(time.monotonic() - began, 1)
        print(json.dumps(world.seen))

    def env(self, cr):
        return api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def ask(self, question):
        """Call ``question(env)`` in a transaction of its own, and commit."""
        with self.registry.cursor() as cr:
            return question(self.env(cr))

    def fork(self, work):
        """Start ``work(env)`` in a process of its own; return its id and the end of a pipe that it writes to."""
        sql_db.close_all()  # no connection may be shared
        reading, writing = os.pipe()
        pid = os.fork()
        if pid:
            os.close(writing)
            return pid, reading
        status = 1
        try:
            os.close(reading)
            self.pipe = writing
            with self.registry.cursor() as cr:
                os.write(writing, f"{work(self.env(cr))}".encode())
            status = 0
        finally:
            os._exit(status)

    def answer(self, process):
        """Wait for a worker's end; return what it wrote."""
        pid, reading = process
        os.waitpid(pid, 0)
        with os.fdopen(reading, "rb") as pipe:
            return pipe.read().decode()

    def kill_one(self, work):
        """Let a worker do some of its work, then kill it."""
        pid, reading = self.fork(work)
        for _batch in range(self.random.randrange(self.BATCHES)):
            os.read(reading, 1)
        time.sleep(self.random.uniform(0, self.LONGEST))
        ended, _status = os.waitpid(pid, os.WNOHANG)
        if not ended:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            self.seen["kills"] += 1
        os.close(reading)

    def kill_while(self, left, work, kills):
        """Kill workers as long as there is work left, up to a number of kills; look after each."""
        end = self.seen["kills"] + kills
        while self.seen["kills"] < end and self.ask(left):
            self.kill_one(work)
            self.ask(self.look)
