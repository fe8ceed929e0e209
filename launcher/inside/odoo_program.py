"""Odoo's command line, as a program that can be run again.

Odoo reloads itself by running its own program anew (SIGHUP, a request over its time limit, too much memory);
started as ``python -c …`` there would be none.
"""

import contextlib

import odoo.cli
from odoo.sql_db import ConnectionPool


def cancel_queries():
    """Have queries that still run given up when Odoo closes all its connections, which is when it ends or reloads.

    A connection waits for its query before it closes: a request over its time limit in the middle of a long one
    would hold up the very reload that it caused.
    """
    close_all = ConnectionPool.close_all

    def close_all_of_them(self, dsn=None):
        for connection in list(self._connections) if dsn is None else ():
            with contextlib.suppress(Exception):  # the server may be gone, and there is nothing to give up then
                connection.cancel()
        return close_all(self, dsn)

    ConnectionPool.close_all = close_all_of_them


if __name__ == "__main__":
    cancel_queries()
    odoo.cli.main()
