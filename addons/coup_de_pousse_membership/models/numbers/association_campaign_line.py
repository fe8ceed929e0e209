"""What became of a recipient's call, and the recipients in a spreadsheet."""

from odoo import fields, models

from ...calculation.common.spreadsheet import Sheet

#: Columns of the export: field, width in characters, kind.
COLUMNS = [
    ("partner_id", 40, "text"),
    ("category_id", 20, "text"),
    ("territory_id", 24, "text"),
    ("payer_id", 30, "text"),
    ("state", 18, "text"),
    ("problem", 24, "text"),
    ("reason", 50, "text"),
    ("amount", 12, "money"),
    ("entry_fee", 12, "money"),
    ("total", 12, "money"),
    ("quoted_amount", 12, "money"),
    ("adjust_reason", 30, "text"),
    ("exclude_reason", 30, "text"),
    ("quote_sentence", 60, "text"),
    ("previous_amount", 12, "money"),
    ("difference", 12, "money"),
]


class AssociationCampaignLine(models.Model):
    _inherit = "association.campaign.line"

    due_date = fields.Date(related="move_id.invoice_date_due", string="To be paid by", store=True)
    payment_state = fields.Selection(related="membership_id.payment_state", string="Payment")
    amount_due = fields.Monetary(related="membership_id.amount_due", string="Open")
    member_state = fields.Selection(related="member_id.state", string="State of the member")

    # ---- the export ----

    def action_export(self):
        """Download these recipients."""
        self.check_access("read")
        return self.env["association.spreadsheet"]._download(self.campaign_id[:1].name, self._make_sheets())

    def _make_sheets(self):
        """Return one sheet for each state that these recipients have, in the order of the states."""
        columns = [(self._fields[name]._description_string(self.env), width, kind) for name, width, kind in COLUMNS]
        states = self._fields["state"]._description_selection(self.env)
        groups = self.grouped("state")
        sheets = [Sheet(label, columns, groups[state]._make_rows()) for state, label in states if state in groups]
        return sheets or [Sheet(self.env._("Recipients"), columns, [])]

    def _make_rows(self):
        """Return the values of these recipients for the columns of the export, sorted by name."""
        labels = {name: dict(self._fields[name]._description_selection(self.env)) for name in ("state", "problem")}
        rows = []
        for line in self.sorted(lambda line: (line.partner_id.name or "", line.id)):
            row = []
            for name, _width, _kind in COLUMNS:
                value = line[name]
                if name in labels:
                    value = labels[name].get(value)
                elif isinstance(value, models.BaseModel):
                    value = value.display_name
                elif line.state == "refused" and not value:
                    value = None  # what is not known is not 0
                row.append(value)
            rows.append(row)
        return rows
