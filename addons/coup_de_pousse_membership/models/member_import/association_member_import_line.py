"""One line of a list of members: what it would do, what is decided about it, what became of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .changes import ChangeFinder, known_name_kept
from .outcomes import ChangeWords, Outcomes
from .sentences import ImportSentences


class AssociationMemberImportLine(models.Model):
    _name = "association.member.import.line"
    _description = "Line of an Import of Members"
    _order = "number, id"
    _rec_name = "name"

    import_id = fields.Many2one(
        "association.member.import", required=True, readonly=True, ondelete="cascade", index=True
    )
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
                lines._apply_decisions(record)
        return result

    def action_use(self):
        """Decide that the line is the contact proposed."""
        self.decision = "use"

    def action_create(self):
        """Decide that the line is another organisation."""
        self.decision = "create"

    def action_skip(self):
        """Decide to leave the line out."""
        self.decision = "skip"

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

    # ---- decisions ----
    def _apply_decisions(self, record):
        """Show at once what decisions lead to.

        :param record: the import of the lines.
        :raise UserError: a contact is to be used that another line already speaks of.
        """
        chosen = [(line.decision_partner_id or line.proposed_partner_id).id for line in self]
        all_values = [line.values for line in self]
        finder = ChangeFinder.of(record, filter(None, chosen), all_values)
        sentences = ImportSentences(self.env)
        outcomes = Outcomes(finder, ChangeWords(record, sentences, all_values))
        for line, partner_id in zip(self, chosen, strict=True):
            vals = {"status": "decide", "partner_id": False, "changes": False, "fingerprint": False}
            if line.decision == "skip":
                vals["status"] = "skipped"
            elif line.decision:
                used = partner_id if line.decision == "use" else False
                if line.decision == "use":
                    line._check_free(used)
                    if conflicts := finder.conflicts(line.values, used, sentences):
                        raise UserError(sentences.refusal(line.number, conflicts))
                vals.update(vars(outcomes.of_line(known_name_kept(line.values, used), used)))
            line._write_facts(vals)

    def _check_free(self, partner_id):
        """Refuse to use a contact that another line is about, or none.

        :raise UserError: with the reason.
        """
        if not partner_id:
            raise UserError(
                self.env._(
                    "Line %(line)s: choose the contact to use, or create another organisation.",
                    line=self.number,
                )
            )
        others = self.import_id.line_ids.filtered(lambda other: other != self and other.partner_id.id == partner_id)
        if others:
            raise UserError(
                self.env._(
                    "Line %(line)s: line %(other)s is already about this contact, and the two would "
                    "overwrite each other. Leave one out, or create another organisation.",
                    line=self.number,
                    other=others[0].number,
                )
            )

    # ---- the plan, and what became of it ----
    def _count_differences(self, plan):
        """Return how many lines of a plan are not as these are shown.

        :param plan: list of :class:`PlannedLine`.
        """
        self.fetch(["number", "status", "fingerprint"])
        shown = {line.number: (line.status, line.fingerprint) for line in self}
        planned = {line.number: (line.status, line.fingerprint) for line in plan}
        return sum(shown.get(number) != planned.get(number) for number in shown.keys() | planned.keys())

    def _link(self, partners):
        """Link each line with its contact and member's file, those of unchanged lines too.

        :param partners: line number → contact, of the lines that were written.
        """
        of_line = {line.number: partners.get(line.number) or line.partner_id for line in self}
        found = {line: of_line.get(line.joined_number or line.number) for line in self}
        found = {line: partner for line, partner in found.items() if partner}
        members = self.env["association.member"].search_fetch(
            [
                ("partner_id", "in", [partner.id for partner in found.values()]),
                ("company_id", "in", self.import_id.company_id.ids),
            ],
            ["partner_id"],
        )
        by_partner = {member.partner_id.id: member.id for member in members}
        for line, partner in found.items():
            line._write_facts({"partner_id": partner.id, "member_id": by_partner.get(partner.id)})
