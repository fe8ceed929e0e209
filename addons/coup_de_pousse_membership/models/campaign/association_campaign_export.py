"""The recipients of a campaign in a spreadsheet."""

from odoo import models

from ...calculation.common.spreadsheet import Sheet

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


class AssociationCampaign(models.Model):
    _inherit = "association.campaign"

    def action_export(self):
        """Download the recipients: a sheet for each state, then the totals by category and territory."""
        self.ensure_one()
        self.check_access("read")
        lines = self.env["association.campaign.line"].search([("campaign_id", "=", self.id)])
        sheets = lines._make_sheets()
        header = [self.env._("Recipients"), self.env._("Total"), self.env._("Last fee")]
        for table in self._make_breakdown()["tables"]:
            columns = [
                (table["title"], 40, "text"),
                *zip(header, (12, 14, 14), ("integer", "money", "money"), strict=True),
            ]
            rows = [(row["name"], row["count"], row["amount"], row["previous"]) for row in table["rows"]]
            sheets.append(Sheet(table["title"], columns, rows))
        return self.env["association.spreadsheet"]._download(self.name, sheets)


class AssociationCampaignLine(models.Model):
    _inherit = "association.campaign.line"

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
