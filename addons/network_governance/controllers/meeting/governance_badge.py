"""The picture of a badge, which mails name: it shows the code that it is asked for, and knows nothing else."""

import re

from odoo.addons.coup_de_pousse_membership.calculation.common.qr_code import make_qr
from odoo.http import Controller, request, route

#: What the badges of convocations look like.
BADGE = re.compile(r"[\w-]{8,24}")


class GovernanceBadge(Controller):
    """The square code that a convocation by mail shows."""

    @route(
        "/governance/badge/<string:badge>", type="http", auth="public", methods=["GET"], sitemap=False, readonly=True
    )
    def badge(self, badge):
        """Return the square code of a badge."""
        if not BADGE.fullmatch(badge):
            raise request.not_found()
        headers = [("Content-Type", "image/png"), ("Cache-Control", "public, max-age=31536000, immutable")]
        return request.make_response(make_qr(badge), headers)
