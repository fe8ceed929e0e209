"""After the login, who has chosen no screen of their own lands on that of their work, not on the chat."""

from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if not info.get("home_action_id"):
            info["home_action_id"] = self.env.user._get_first_screen().id
        return info
