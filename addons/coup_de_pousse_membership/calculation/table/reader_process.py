"""The program that reads one file: it takes it from its input, and gives its rows, or why there are none.

usage: python reader_process.py PACKAGE PATHS, with what ``apart.py`` pickles on standard input.
"""

import os
import pickle
import sys
import types
from importlib import import_module
from pathlib import Path

#: What reading one file may take: bytes of memory, seconds of the processor.
MEMORY, SECONDS = 500 * 1024 * 1024, 20


def main(package, paths):
    """Read the file, with no more memory and time than it may take."""
    limit()
    sys.path[:] = paths.split(os.pathsep)
    stand_in(package)
    reader = import_module(f"{package}.calculation.table.table_reader")
    score, content = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the server, which started this program
    try:
        answer = reader.read_table(content, score)
    except reader.TableError as error:
        answer = error.code, error.values
    pickle.dump(answer, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)


def limit():
    """Have the system end this process where it takes too much; other systems than Unix have no such limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def stand_in(package):
    """Make the addon importable without what its ``__init__`` wants: plain rules need no Odoo."""
    names = package.split(".")
    for length in range(1, len(names) + 1):
        module = types.ModuleType(".".join(names[:length]))
        module.__path__ = [str(Path(__file__).resolve().parents[2])] if length == len(names) else []
        sys.modules[module.__name__] = module


if __name__ == "__main__":
    main(*sys.argv[1:])
