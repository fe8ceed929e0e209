"""What each column of a file of payments holds: recognised, and corrected by the treasurer."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...calculation.payment.payment_columns import REPEATED, understand

#: Without one target of each, no line can be read.
NEEDED = {
    "date": {"date"},
    "amount": {"amount", "credit"},
    "label": {"label", "reference", "payer", "email"},
}
TARGETS = [
    ("date", "Date"),
    ("label", "Label"),
    ("reference", "Reference"),
    ("amount", "Amount"),
    ("debit", "Debit"),
    ("credit", "Credit"),
    ("direction", "Debit or credit"),
    ("payer", "Payer's name"),
    ("payer_first", "Payer's first name"),
    ("email", "Payer's email"),
    ("currency", "Currency"),
    ("transaction_id", "Number of the transaction"),
    ("status", "Status of the payment"),
]


class AssociationPaymentImportColumn(models.Model):
    _name = "association.payment.import.column"
    _description = "Column of an Import of Payments"
    _order = "index, id"
    _rec_name = "header"

    import_id = fields.Many2one(
        "association.payment.import", required=True, readonly=True, ondelete="cascade", index=True
    )
    index = fields.Integer(required=True, readonly=True)
    header = fields.Char(string="Column", readonly=True)
    sample = fields.Char(string="First value", readonly=True)
    target = fields.Selection(TARGETS, string="Goes to", help="Left empty, the column is not read.")

    def write(self, vals):
        if "target" in vals:
            imports = self.import_id
            imports._check_nothing_booked()
            imports.line_ids.unlink()
            imports.filtered(lambda record: record.state != "draft")._write_facts(
                {
                    "state": "draft",
                    "notice": self.env._(
                        "Columns were corrected since the file was read. Press “Read the file” again."
                    ),
                }
            )
        return super().write(vals)

    @api.model
    def _recognise(self, record, table):
        """Create the columns of an import's file, each with what it seems to hold."""
        return self._create_with_facts(
            [
                {
                    "import_id": record.id,
                    "index": column.index,
                    "header": column.header,
                    "sample": column.sample,
                    "target": column.target,
                }
                for column in understand(table.header, table.rows)
            ]
        )

    @api.model
    def _get_labels(self):
        return dict(self._fields["target"]._description_selection(self.env))

    def _check_targets(self):
        """Refuse two columns for one target."""
        taken = {}
        for column in self.filtered(lambda column: column.target and column.target not in REPEATED):
            other = taken.setdefault(column.target, column)
            if other != column:
                raise UserError(
                    self.env._(
                        "The columns “%(first)s” and “%(second)s” both go to “%(target)s”. Keep one, and empty "
                        "“Goes to” of the other.",
                        first=other.header or other.index + 1,
                        second=column.header or column.index + 1,
                        target=self._get_labels()[column.target],
                    )
                )

    def _get_missing_targets(self):
        """Return what no column gives and without which no line can be read."""
        found = set(self.mapped("target"))
        return [name for name, targets in NEEDED.items() if not targets & found]
