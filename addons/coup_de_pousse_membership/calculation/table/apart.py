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
    package = __name__.removesuffix(".calculation.table.apart")
    try:
        done = subprocess.run(
            [sys.executable, "-I", reader_process.__file__, package, os.pathsep.join(sys.path)],
            input=pickle.dumps((score, content)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TableError("too_costly") from error
    if done.returncode:
        raise TableError("too_costly")
    answer = pickle.loads(done.stdout)
    if isinstance(answer, tuple):
        code, values = answer
        raise TableError(code, **values)
    return answer
