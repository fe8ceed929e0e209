"""Whether mails can leave at all, said before many of them wait."""

import socket

from odoo import api, models
from odoo.tools import config

#: Seconds given to a mail server to answer, while the user waits.
PATIENCE = 4


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    @api.model
    def _find_sending_problem(self, server=None, reach=True):
        """Return why no mail can leave, as a sentence; None if a server answers.

        :param server: the server of the text; the first one by default.
        :param reach: whether the server is tried, which may take some seconds.
        """
        server = server or self.sudo().search([], limit=1)
        host, port = server.smtp_host, server.smtp_port
        if not server:
            host, port = config["smtp_server"], config["smtp_port"]
            if not host or host == "localhost":
                return self.env._(
                    "No mail server is set up: the mails would wait in the queue. An administrator enters one in "
                    "Settings / Technical / Outgoing Mail Servers."
                )
        error = reach and self._try_to_reach(host, port)
        if not error:
            return None
        return self.env._(
            "The mail server %(host)s does not answer (%(why)s): the mails would wait in the queue. Ask an "
            "administrator.",
            host=host,
            why=error,
        )

    @api.model
    def _try_to_reach(self, host, port):
        """Return the error of a connection, or None."""
        try:
            socket.create_connection((host, int(port or 25)), timeout=PATIENCE).close()
        except OSError as error:
            return error.strerror or str(error)
        return None
