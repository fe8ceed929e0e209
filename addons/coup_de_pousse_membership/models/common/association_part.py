"""What belongs to a record of an association stays in that association."""

from odoo import models
from odoo.exceptions import UserError


class AssociationPart(models.AbstractModel):
    """Base of the models whose association is that of the record they are a part of.

    Where that record changes, the association would follow, and no comparison would find anything wrong.
    """

    _name = "association.part"
    _description = "Part of an Association's Record"
    _check_company_auto = True

    def write(self, vals):
        whole = self._fields["company_id"].related.split(".")[0]
        before = {record: record.sudo().company_id for record in self} if whole in vals else {}
        result = super().write(vals)
        for record, company in before.items():
            if company and record.sudo().company_id != company:
                raise UserError(
                    self.env._(
                        "%(record)s stays in %(company)s: choose a record of the same association.",
                        record=record.display_name,
                        company=company.name,
                    )
                )
        return result
