"""What somebody makes in passing is theirs alone; who is refused a record of ours reads why, and what to do."""

from odoo import models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .base import OURS


class IrRule(models.Model):
    _inherit = "ir.rule"

    def _compute_domain(self, model_name, mode="read"):
        """A file made to be downloaded, or a window half filled in, is read and written by who made it."""
        domain = super()._compute_domain(model_name, mode)
        model = self.env[model_name]
        if model._transient and model._original_module in OURS and not self.env.su:
            domain &= Domain("create_uid", "=", self.env.uid)
        return domain

    def _make_access_error(self, operation, records):
        """Say of a record of ours why it is out of reach, without a word of what it holds."""
        error = super()._make_access_error(operation, records)
        if records._original_module not in OURS:
            return error
        told = AccessError(self._say_why_refused(operation, records[:1].sudo()))
        if context := getattr(error, "context", None):
            told.context = context
        return told

    def _say_why_refused(self, operation, record):
        kind = self.env["ir.model"]._get(record._name).name
        company = record.company_id if "company_id" in record else self.env["res.company"]
        if company and company not in self.env.companies:
            if company in self.env.user.company_ids:
                return self.env._(
                    "%(kind)s: this one belongs to %(company)s. Choose that association at the top right of the screen, "
                    "then open it again.",
                    kind=kind,
                    company=company.name,
                )
            return self.env._(
                "%(kind)s: this one belongs to an association in which you do not work. Whoever manages the users can "
                "give you access to it.",
                kind=kind,
            )
        if operation == "read":
            return self.env._(
                "%(kind)s: this one is not among those that your role may see. Ask whoever is in charge of it, or "
                "whoever manages the users.",
                kind=kind,
            )
        return self.env._(
            "%(kind)s: you may not change this one, which is not yours or no longer open. Ask whoever is in charge of "
            "it, or whoever manages the users.",
            kind=kind,
        )
