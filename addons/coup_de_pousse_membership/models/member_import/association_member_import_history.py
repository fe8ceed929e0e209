"""Past memberships in an import: the options that say how to read and write them."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import clean_context, format_amount

from ..common.optional_number import OptionalInteger
from .association_member_import_write import BATCH, QUIET

MONTHS = [
    ("1", "January"),
    ("2", "February"),
    ("3", "March"),
    ("4", "April"),
    ("5", "May"),
    ("6", "June"),
    ("7", "July"),
    ("8", "August"),
    ("9", "September"),
    ("10", "October"),
    ("11", "November"),
    ("12", "December"),
]


class AssociationMemberImport(models.Model):
    _inherit = "association.member.import"

    membership_year = OptionalInteger(
        string="Year of the memberships",
        help="Year in which the memberships of the file start, where it has one membership for each line "
        "and does not say its year. Empty: by the columns, else by the day of payment.",
    )
    period_month = fields.Selection(
        MONTHS,
        string="A membership year starts in",
        required=True,
        default="1",
        help="January: calendar years. September: 2023 is read as 1 September 2023 to 31 August 2024.",
    )
    period_day = fields.Integer(string="On day", required=True, default=1)
    open_balances = fields.Selection(
        [("note", "Keep as a note on the membership"), ("call", "Call them: one invoice for each payer")],
        string="Fees still owed",
        required=True,
        default="note",
        help="What the list says is still owed for past memberships.",
    )
    balances_on = fields.Date(string="Date of the calls", default=fields.Date.context_today)
    has_history = fields.Boolean(compute="_compute_has_history")

    @api.depends("column_ids.target")
    def _compute_has_history(self):
        for record in self:
            targets = record.column_ids.mapped("target")
            record.has_history = any((target or "").startswith(("fee", "paid_on", "period")) for target in targets)

    @api.constrains("period_day")
    def _check_period_day(self):
        if any(not 1 <= record.period_day <= 28 for record in self):
            raise ValidationError(self.env._("A membership year starts on a day from 1 to 28."))

    def _check_balances(self):
        """Refuse to issue calls without the right to, or without their date."""
        if self.open_balances != "call":
            return
        if not self.env.user.has_group("coup_de_pousse_membership.group_membership_treasurer"):
            raise UserError(
                self.env._(
                    "Only a treasurer may call the fees still owed: ask one to press “Import”, or choose “Keep as a note”."
                )
            )
        if not self.balances_on:
            raise UserError(self.env._("Give the date of the calls for the fees still owed."))

    def _write_history(self, todo, members, changer):
        """Create the memberships of past years, without any entry in the accounts.

        :param members: line number → member's file.
        :return: those with something still owed.
        """
        Membership = self.env["association.membership"].with_context(**{**clean_context(self.env.context), **QUIET})
        body = self.env._("Before this system")
        created = Membership.create(
            [
                {
                    "member_id": members[vals["number"]].id,
                    "date_from": period["date_from"],
                    "date_to": period["date_to"],
                    "applied_on": period["date_from"],
                    "admission": "admitted",
                    "admission_decided_on": period["date_from"],
                    "admission_body": body,
                    "amount": period["amount"],
                    "settled_elsewhere_on": period["settled_on"],
                    "open_elsewhere": period["due"],
                    "import_id": self.id,
                }
                for vals, changes in todo
                for period in changes["history"]
            ]
        )
        return created.filtered("open_elsewhere")

    def _call_balances(self, memberships):
        """Issue the calls for what is still owed, if the treasurer chose so."""
        if self.open_balances != "call":
            return
        for start in range(0, len(memberships), BATCH):
            memberships[start : start + BATCH]._issue_calls(invoice_date=self.balances_on)

    @api.model
    def _period_text(self, date_from, date_to):
        """Return a period as people say it: its year, or its two days."""
        if date_from[5:] == "01-01" and date_to == f"{date_from[:4]}-12-31":
            return date_from[:4]
        return f"{date_from} – {date_to}"

    @api.model
    def _fee_text(self, amount, due, currency):
        """Return what was paid and what is owed, in words."""
        values = {"amount": format_amount(self.env, amount, currency), "due": format_amount(self.env, due, currency)}
        if due:
            return self.env._("%(amount)s, of which %(due)s owed", **values)
        return self.env._("%(amount)s, settled", **values) if amount else self.env._("settled")
