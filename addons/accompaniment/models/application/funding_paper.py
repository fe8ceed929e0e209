"""A paper of an organisation, kept once and used for all its applications."""

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.fields import Domain

#: Days before it expires from which a paper is shown.
SOON = 45


class FundingPaper(models.Model):
    _name = "funding.paper"
    _description = "Paper of an Organisation"
    _order = "partner_id, kind_id, issued_on desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, readonly=True
    )
    partner_id = fields.Many2one("res.partner", string="Organisation", required=True, ondelete="restrict", index=True)
    kind_id = fields.Many2one("funding.paper.kind", string="Paper", required=True, ondelete="restrict", index=True)
    document = fields.Binary(attachment=True, required=True)
    filename = fields.Char(string="File name")
    issued_on = fields.Date(string="Dated", required=True, default=fields.Date.context_today)
    valid_until = fields.Date(
        compute="_compute_valid_until", store=True, readonly=False, precompute=True, help="Empty: until it is replaced."
    )
    is_expiring = fields.Boolean(compute="_compute_is_expiring", search="_search_is_expiring", string="About to expire")

    _dates = models.Constraint(
        "CHECK (issued_on <= valid_until)", "A paper expires after its date: correct one of the two."
    )

    @api.depends("kind_id", "issued_on")
    def _compute_valid_until(self):
        for paper in self:
            months = paper.kind_id.months_valid
            lasts = months is not False and paper.issued_on
            paper.valid_until = paper.issued_on + relativedelta(months=months) if lasts else False

    @api.depends("partner_id.name", "kind_id.name", "issued_on")
    def _compute_display_name(self):
        for paper in self:
            paper.display_name = f"{paper.kind_id.name or ''} – {paper.partner_id.name or ''}"

    @api.depends("valid_until")
    def _compute_is_expiring(self):
        last = self._get_last_day()
        latest = self._get_latest(self.partner_id, self.kind_id)
        for paper in self:
            is_replaced = paper != latest.get((paper.partner_id, paper.kind_id))
            paper.is_expiring = bool(paper.valid_until) and paper.valid_until <= last and not is_replaced

    @api.model
    def _search_is_expiring(self, operator, value):
        if operator != "in":
            return NotImplemented
        due = self.search([("valid_until", "<=", self._get_last_day())])
        latest = self._get_latest(due.partner_id, due.kind_id).values()
        expiring = Domain("id", "in", [paper.id for paper in latest if paper in due])
        return expiring if True in value else ~expiring

    def _get_last_day(self):
        return fields.Date.context_today(self) + relativedelta(days=SOON)

    @api.model
    def _get_latest(self, partners, kinds):
        """Return {(organisation, kind): its latest paper}; one query."""
        papers = self.search([("partner_id", "in", partners.ids), ("kind_id", "in", kinds.ids)], order="issued_on, id")
        return {(paper.partner_id, paper.kind_id): paper for paper in papers}
