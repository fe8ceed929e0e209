"""Odoo's configuration file for a server that the launcher starts."""

from . import places
from .settings import DEFAULT_PORT


def write(path, server, data_dir, database, port=DEFAULT_PORT, more=None):
    """Write the file, readable by its owner only: it holds the database's password.

    :param data_dir: folder of Odoo's own files (attachments, sessions)
    :param more: further options
    """
    places.private_folder(data_dir)
    options = _usual(server, data_dir, database, port) | (more or {})
    # A percent sign would be read as the start of a reference to another option.
    lines = [f"{key} = {str(value).replace('%', '%%')}" for key, value in options.items() if value not in (None, "")]
    places.write_private(path, "[options]\n" + "\n".join(lines) + "\n")
    return path


def _usual(server, data_dir, database, port):
    """Return the options of each configuration file."""
    return {
        "addons_path": places.ADDONS,
        "data_dir": data_dir,
        "db_host": server.host,
        "db_port": server.port,
        "db_user": server.user,
        "db_password": server.password,
        "db_name": database,
        "dbfilter": f"^{database}$",
        "list_db": False,
        "http_interface": "127.0.0.1",
        "http_port": port,
        # What a proxy says of the browser's address counts; only this machine can say it.
        "proxy_mode": True,
        "workers": 0,
        # A long list of members is written by a job, in one go: minutes, not Odoo's two.
        "limit_time_real_cron": 900,
        "unaccent": True,
    }
