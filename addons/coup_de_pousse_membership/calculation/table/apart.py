"""A file is read in a process of its own: one that eats memory or time ends with it, and takes nothing else along."""

import os
import pickle
import subprocess
import sys

from . import reader_process
from .table_reader import read_table
from .table_rows import MAX_BYTES, TableError

#: A text of so many bytes costs nothing: it is read on the spot.
SMALL = 512 * 1024
#: Seconds after which a file is given up, whatever the processor was busy with.
PATIENCE = 60


def read_table_apart(content, score=None):
    """Return the :class:`FileSheet` held by a file, as :func:`table_reader.read_table` does.

    :param score: a function of a module, or a method of one of its objects: it is called in the other process.
    :raise TableError: ``too_costly`` where reading takes more memory or time than any list, else as
        :func:`table_reader.read_table`.
    """
    is_packed = content[:2] == b"PK"
    if len(content) > MAX_BYTES or (len(content) <= SMALL and not is_packed):
        return read_table(content, score)
    answer = _ask(pickle.dumps((score, content)))
    if isinstance(answer, tuple):
        code, values = answer
        raise TableError(code, **values)
    return answer


def _ask(question):
    """Return what the other process answers."""
    package = __name__.removesuffix(".calculation.table.apart")
    command = [sys.executable, "-I", reader_process.__file__, package, os.pathsep.join(sys.path)]
    try:
        # Our own program, by its full path; nothing of the file is in the command.
        done = subprocess.run(  # noqa: S603
            command,
            input=question,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TableError("too_costly") from error
    if done.returncode:
        raise TableError("too_costly")
    # Written by our own program a moment ago.
    return pickle.loads(done.stdout)  # noqa: S301
