from odoo import api, fields, models
from odoo.exceptions import UserError


class AssociationMemberImportLine(models.Model):
    _name = "association.member.import.line"
    _description = "Line of an Import of Members"
    _order = "number, id"
    _rec_name = "name"

    import_id = fields.Many2one("association.member.import", required=True, ondelete="cascade", index=True)
    number = fields.Integer(string="Line", required=True, readonly=True)
    name = fields.Char(readonly=True)
    status = fields.Selection(
        [
            ("create", "Creation"),
            ("update", "Update"),
            ("unchanged", "Unchanged"),
            ("decide", "To decide"),
            ("refused", "Refused"),
            ("skipped", "Left out"),
            ("joined", "With another line"),
        ],
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", readonly=True, index="btree_not_null", ondelete="set null"
    )
    member_id = fields.Many2one(
        "association.member",
        string="Member's file",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    joined_number = fields.Integer(readonly=True, help="Line of the same member, with which this one is written.")
    values = fields.Json(readonly=True)
    changes = fields.Text(readonly=True, help="What is written: from which value to which.")
    fingerprint = fields.Char(readonly=True, help="Stands for what would be written, in no language.")
    message = fields.Text(readonly=True)
    doubtful = fields.Boolean(readonly=True)
    proposed_partner_id = fields.Many2one("res.partner", string="Contact proposed", readonly=True, ondelete="set null")
    decision = fields.Selection(
        [
            ("create", "Create another organisation"),
            ("use", "Use this contact"),
            ("skip", "Leave the line out"),
        ],
    )
    decision_partner_id = fields.Many2one(
        "res.partner",
        string="Contact to use",
        ondelete="set null",
        help="Another contact than the one proposed.",
    )
    import_state = fields.Selection(related="import_id.state", string="State of the import")

    def write(self, vals):
        """Apply the user's decisions at once, so that the list shows what they lead to."""
        result = super().write(vals)
        if {"decision", "decision_partner_id"} & set(vals):
            self.import_id._check_not_done()
            self._check_doubtful()
            for record, lines in self.grouped("import_id").items():
                record._apply_decisions(lines)
        return result

    def _check_doubtful(self):
        clear = self.filtered(lambda line: not line.doubtful)
        if clear:
            raise UserError(
                self.env._(
                    "Line %(line)s: there is nothing to decide. To leave it out, remove it from the file.",
                    line=clear[0].number,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self.import_id._check_not_done()
