"""Odoo's command line, as a program that can be run again.

Odoo reloads itself by running its own program anew (SIGHUP, a request over its time limit, too much memory);
started as ``python -c …`` there would be none.
"""

import odoo.cli

if __name__ == "__main__":
    odoo.cli.main()
