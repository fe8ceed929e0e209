"""Applications as the board sees them: in a list, on paper, in a spreadsheet."""

from odoo import fields, models

from ...calculation.common.spreadsheet import Sheet


class AssociationMembership(models.Model):
    _inherit = "association.membership"

    city = fields.Char(related="partner_id.city")

    def action_export_applications(self):
        """Download the selected applications with their decisions, one sheet per category."""
        self.check_access("read")
        groups = self._group_for_board()
        columns = self._get_board_columns()
        sheets = [
            Sheet(category.name or self.env._("Without category"), columns, applications._get_board_rows())
            for category, applications in groups
        ]
        return self.env["association.spreadsheet"]._download(self.env._("Applications"), sheets)

    def _group_for_board(self):
        """Return [(category, its applications by name)], in the order of the categories."""
        groups = self.sorted(lambda m: m.member_id._get_sorting_name()).grouped("category_id")
        order = self.env["association.category"].search([("id", "in", self.category_id.ids)])
        rank = {category: index for index, category in enumerate(order)}
        return sorted(groups.items(), key=lambda group: rank.get(group[0], len(rank)))

    def _get_board_columns(self):
        columns = [
            ("partner_id", 40, "text"),
            ("city", 20, "text"),
            ("territory_id", 24, "text"),
            ("applied_on", 14, "date"),
            ("basis", 18, "text"),
            ("basis_value", 14, "number"),
            ("amount", 12, "money"),
            ("admission", 14, "text"),
            ("admission_decided_on", 14, "date"),
            ("admission_body", 30, "text"),
        ]
        return [(self._fields[name]._description_string(self.env), width, kind) for name, width, kind in columns]

    def _get_board_rows(self):
        admissions = dict(self._fields["admission"]._description_selection(self.env))
        bases = dict(self._fields["basis"]._description_selection(self.env))
        return [
            (
                m.partner_id.display_name,
                m.city,
                m.territory_id.display_name,
                m.applied_on,
                bases.get(m.basis),
                m.basis_value if m.basis else None,
                m.amount,
                admissions[m.admission],
                m.admission_decided_on,
                m.admission_body,
            )
            for m in self
        ]
