"""What every row of the benchmark is measured with."""

import contextlib
import dataclasses
import time


@dataclasses.dataclass
class Result:
    """One measured path of one piece of work.

    :param work: what was to be done.
    :param path: by whom: the product, the engine, the peer…
    :param number: of how many things.
    :param seconds: wall clock, commits included.
    :param queries: SQL statements.
    :param row: name that the report knows it by; the module's by default.
    """

    work: str
    path: str
    number: int
    seconds: float = 0.0
    queries: int = 0
    row: str = ""

    @property
    def each(self):
        """Milliseconds for one thing."""
        return self.seconds / self.number * 1000

    @contextlib.contextmanager
    def counted(self, env):
        """Add the time and the queries of a block."""
        queries, began = env.cr.sql_log_count, time.perf_counter()
        yield
        self.seconds += time.perf_counter() - began
        self.queries += env.cr.sql_log_count - queries

    @contextlib.contextmanager
    def committed(self, env):
        """Add the time and the queries of a block, and of the commit that it ends with."""
        with self.counted(env):
            yield
            env.flush_all()
            env.cr.commit()
        env.invalidate_all()


def batches(records, size=500):
    """Cut a recordset into batches."""
    return [records[start : start + size] for start in range(0, len(records), size)]
