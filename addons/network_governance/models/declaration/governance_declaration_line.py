"""The changes of a declaration: who takes or leaves which office, on which day."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...calculation.declaration.officers import Officer

#: The word of each kind of office in each language.
KNOWN_WORDS = SQL(
    """
    SELECT selection.value AS kind, word.value AS word
      FROM ir_model_fields_selection selection
      JOIN ir_model_fields field ON field.id = selection.field_id
     CROSS JOIN jsonb_each_text(selection.name) AS word
     WHERE field.model = 'governance.office' AND field.name = 'office'
    """
)
#: What an office that was kept as a word becomes: {column: the query that fills it}.
WORDS_BECOME = {
    "office_kind": SQL(
        """
        UPDATE governance_declaration_line line
           SET office_kind = COALESCE(
                   (SELECT known.kind FROM (%s) known WHERE known.word = line.office LIMIT 1), 'other')
         WHERE line.office <> ''
        """,
        KNOWN_WORDS,
    ),
    "title": SQL(
        """
        UPDATE governance_declaration_line line SET title = line.office
         WHERE line.office <> '' AND NOT EXISTS (SELECT 1 FROM (%s) known WHERE known.word = line.office)
        """,
        KNOWN_WORDS,
    ),
}


class GovernanceDeclarationLine(models.Model):
    _name = "governance.declaration.line"
    _description = "Change of an Officer"
    _inherit = ["association.part"]
    _order = "day, body_id, id"

    declaration_id = fields.Many2one(
        "governance.declaration", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="declaration_id.company_id", store=True)
    body_id = fields.Many2one("governance.body", required=True, ondelete="restrict", index=True, check_company=True)
    partner_id = fields.Many2one("res.partner", string="Person", required=True, ondelete="restrict", index=True)
    office_kind = fields.Char(string="Kind of office", readonly=True, help="The same in every language.")
    title = fields.Char(readonly=True)
    office = fields.Char(compute="_compute_office")
    event = fields.Selection([("enters", "Takes office"), ("leaves", "Leaves office")], required=True)
    day = fields.Date(required=True)

    @api.depends("office_kind", "title")
    @api.depends_context("lang")
    def _compute_office(self):
        names = dict(self.env["governance.office"]._fields["office"]._description_selection(self.env))
        for line in self:
            line.office = line.title or names.get(line.office_kind, False)

    @api.depends("partner_id", "event", "day")
    def _compute_display_name(self):
        events = dict(self._fields["event"]._description_selection(self.env))
        for line in self:
            line.display_name = f"{line.partner_id.name or ''}: {events.get(line.event, '')}"

    def _get_change(self):
        """Return the change that the line tells, in no language."""
        self.ensure_one()
        officer = Officer(self.body_id.id, self.partner_id.id, self.office_kind or None, self.title or None)
        return officer, self.event, self.day

    def _is_undone(self, changes):
        """Return whether a correction has undone the change before it was declared."""
        return self._get_change() not in changes and not self.declaration_id.declared_on

    # ---- from the time when an office was kept as a word of somebody's language ----

    def _init_column(self, column_name):
        """Read the kind of an office, or its title, from the word that was kept of it."""
        query = WORDS_BECOME.get(column_name)
        if query is None:
            return super()._init_column(column_name)
        return self.env.cr.execute(query)
