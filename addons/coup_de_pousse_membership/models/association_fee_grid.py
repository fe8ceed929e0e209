from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..calculation import fee

FROZEN_FIELDS = {"company_id", "date_from", "date_to", "figures_year", "voted_on", "voted_by"}


class AssociationFeeGrid(models.Model):
    _name = "association.fee.grid"
    _description = "Fee Grid"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [("draft", "Draft"), ("voted", "Voted"), ("used", "In use"), ("closed", "Closed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        help="A grid is drafted, voted, frozen as soon as a membership uses it, then closed.",
    )
    date_from = fields.Date(
        string="First day",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
        help="First day of the period that a fee of this grid covers.",
    )
    date_to = fields.Date(
        string="Last day",
        required=True,
        compute="_compute_date_to",
        store=True,
        precompute=True,
        readonly=False,
        help="Last day of the period, included.",
    )
    figures_year = fields.Integer(
        string="Year of the figures",
        compute="_compute_figures_year",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="The bands read the yearly figures declared for this year.",
    )
    voted_on = fields.Date(copy=False, tracking=True)
    voted_by = fields.Char(
        string="Voted by", copy=False, tracking=True, help="Meeting that voted the grid."
    )
    rule_ids = fields.One2many("association.fee.rule", "grid_id", copy=True)
    rule_count = fields.Integer(compute="_compute_rule_count", string="Rules")
    membership_ids = fields.One2many("association.membership", "grid_id", copy=False)
    membership_count = fields.Integer(compute="_compute_membership_count", string="Memberships")
    note = fields.Html(string="Notes")

    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "The grid's last day comes before its first day."
    )
    _voted_with_date = models.Constraint(
        "CHECK (state = 'draft' OR voted_on IS NOT NULL)",
        "A voted grid carries the day on which it was voted.",
    )

    @api.depends("date_from")
    def _compute_date_to(self):
        for grid in self:
            if grid.date_from:
                grid.date_to = grid.date_from + relativedelta(years=1, days=-1)

    @api.depends("date_from")
    def _compute_figures_year(self):
        for grid in self:
            if grid.date_from:
                grid.figures_year = grid.date_from.year - 1

    @api.depends("rule_ids")
    def _compute_rule_count(self):
        for grid in self:
            grid.rule_count = len(grid.rule_ids)

    def _compute_membership_count(self):
        counts = dict(
            self.env["association.membership"]._read_group(
                [("grid_id", "in", self.ids)], ["grid_id"], ["__count"]
            )
        )
        for grid in self:
            grid.membership_count = counts.get(grid, 0)

    # ---- life of a grid ----

    def action_vote(self):
        """Record the vote: from then on the rules no longer change."""
        for grid in self:
            if grid.state != "draft":
                raise UserError(
                    self.env._("The grid “%(grid)s” has already been voted.", grid=grid.name)
                )
            if not grid.rule_ids:
                raise UserError(
                    self.env._(
                        "The grid “%(grid)s” has no rule yet: write at least one fee before it is "
                        "voted.",
                        grid=grid.name,
                    )
                )
            grid.write(
                {
                    "state": "voted",
                    "voted_on": grid.voted_on or fields.Date.context_today(grid),
                }
            )

    def action_reset_to_draft(self):
        """Take back a vote recorded by mistake, while nothing has used the grid."""
        for grid in self:
            if grid.state != "voted":
                raise UserError(
                    self.env._(
                        "The grid “%(grid)s” has been used: it stays as it was voted. Duplicate it "
                        "to write another.",
                        grid=grid.name,
                    )
                )
            grid.write({"state": "draft", "voted_on": False})

    def action_close(self):
        self.filtered(lambda grid: grid.state in ("voted", "used")).state = "closed"

    def action_duplicate_next_year(self):
        """Open a drafted copy of this grid, its dates one year later."""
        self.ensure_one()
        shifted = {
            "date_from": self.date_from + relativedelta(years=1),
            "date_to": self.date_to + relativedelta(years=1),
            "figures_year": self.figures_year + 1,
            "name": self._next_year_name(),
        }
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.copy(shifted).id,
            "view_mode": "form",
        }

    def _next_year_name(self):
        year = self.date_from.year
        if str(year) in self.name:
            return self.name.replace(str(year), str(year + 1))
        return f"{self.name} {year + 1}"

    def copy_data(self, default=None):
        default = dict(default or {})
        vals_list = super().copy_data(default)
        if "name" not in default:
            for grid, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%s (copy)", grid.name)
        return vals_list

    def write(self, vals):
        frozen = self.filtered(lambda grid: grid.state in ("used", "closed"))
        if frozen and FROZEN_FIELDS & set(vals):
            raise UserError(
                self.env._(
                    "The grid “%(grid)s” is in use: its period, its year and its vote can no longer "
                    "change. Duplicate it to write another.",
                    grid=frozen[0].name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unused(self):
        for grid in self:
            if grid.state in ("used", "closed"):
                raise UserError(
                    self.env._(
                        "The grid “%(grid)s” has been used: archive it instead of deleting it, so "
                        "that past fees stay explained.",
                        grid=grid.name,
                    )
                )

    # ---- quotes ----

    def quote(self, members, date=None):
        """Compute what members owe under this grid.

        :param members: ``association.member`` records (or their ids).
        :param date: day from which the membership runs; the grid's first day by default.
        :return: one dictionary per member, in the same order: ``member_id``, ``amount`` (in the
            grid's currency), ``rule_id``, ``basis``, ``basis_value``, ``sentence`` that explains the
            amount, and ``problem``: a sentence if no amount can be given (``amount`` is then False).
        """
        self.ensure_one()
        self.check_access("read")
        if not isinstance(members, models.BaseModel):
            members = self.env["association.member"].browse(members)
        figures = self._read_figures(members)
        rules = self.rule_ids._to_calculation()
        quotes = [
            fee.quote(rules, fee.Case(member.category_id.id, figures.get(member.partner_id.id, {})))
            for member in members
        ]
        return [
            self._explain(member, quote) for member, quote in zip(members, quotes, strict=True)
        ]

    def _read_figures(self, members):
        """Return {partner id: {figure: Decimal}} for the grid's year; unknown figures are left out."""
        rows = self.env["association.annual.figures"].search_fetch(
            [
                ("partner_id", "in", members.partner_id.ids),
                ("year", "=", self.figures_year),
            ],
            ["partner_id", *fee.FIGURES],
        )
        return {
            row.partner_id.id: {
                name: Decimal(str(row[name])) for name in fee.FIGURES if row[name] is not False
            }
            for row in rows
        }

    def _explain(self, member, quote):
        """Turn the calculation's answer into what people and invoices read."""
        rule = self.env["association.fee.rule"].browse(quote.rule.key if quote.rule else ())
        return {
            "member_id": member.id,
            "amount": False if quote.problem else float(quote.amount),
            "rule_id": rule.id,
            "basis": quote.basis or False,
            "basis_value": float(quote.basis_value) if quote.basis_value is not None else False,
            "sentence": False if quote.problem else self._sentence(rule, quote),
            "problem": self._problem_sentence(member, quote) if quote.problem else False,
        }

    def _sentence(self, rule, quote):
        """Explain an amount: “Budget 2025 of 120,000 €: from 50,000 € to 150,000 €, 150.00 €.”"""
        amount = formatLang(self.env, float(quote.amount), currency_obj=self.currency_id)
        if not quote.basis:
            return self.env._("%(rule)s: %(amount)s.", rule=rule.name or self.name, amount=amount)
        values = {
            "figure": dict(rule._selection_basis())[quote.basis],
            "year": self.figures_year,
            "value": rule._format_figure(quote.basis_value),
            "band": rule._describe_band() or rule.name,
            "amount": amount,
        }
        if quote.basis in fee.MONEY:
            return self.env._("%(figure)s %(year)s of %(value)s: band %(band)s, %(amount)s.", **values)
        return self.env._("%(figure)s %(year)s: %(value)s, band %(band)s, %(amount)s.", **values)

    def _problem_sentence(self, member, quote):
        if quote.problem == "category_missing":
            return self.env._("No category on the member's file: choose one.")
        if quote.problem == "figure_missing":
            return self.env._(
                "“%(figure)s” is not known for %(year)s: enter the figures of that year.",
                figure=dict(self.env["association.fee.rule"]._selection_basis())[quote.basis],
                year=self.figures_year,
            )
        return self.env._(
            "No rule of the grid “%(grid)s” fits (category %(category)s): complete the grid or "
            "correct the figures of %(year)s.",
            grid=self.name,
            category=member.category_id.name,
            year=self.figures_year,
        )

    # ---- memberships ----

    def _check_usable(self):
        self.ensure_one()
        if self.state not in ("voted", "used"):
            raise UserError(
                self.env._(
                    "The grid “%(grid)s” is not in force: only a voted grid gives fees that "
                    "members owe. Record its vote first.",
                    grid=self.name,
                )
            )

    def _prepare_memberships(self, members, date_from=None, date_to=None):
        """Sort members into those who can get a membership of this grid and those who cannot.

        :return: (list of values to create memberships with, {member: sentence that says why not}).
        """
        self.ensure_one()
        date_from, date_to = date_from or self.date_from, date_to or self.date_to
        latest = members._latest_memberships()
        overlapping = members._with_live_membership(date_from, date_to)
        vals_list, refused = [], {}
        for member, quote in zip(members, self.quote(members, date_from), strict=True):
            if member.state == "left":
                refused[member] = self.env._("Has left: clear the departure if it joins again.")
            elif member in overlapping:
                refused[member] = self.env._("Already has a membership over these days.")
            elif quote["problem"]:
                refused[member] = quote["problem"]
            else:
                previous = latest.get(member, self.env["association.membership"])
                vals_list.append(
                    self._prepare_membership(member, quote, previous, date_from, date_to)
                )
        return vals_list, refused

    def _prepare_membership(self, member, quote, previous, date_from, date_to):
        renewed = previous.admission == "admitted"
        return {
            "member_id": member.id,
            "category_id": member.category_id.id,
            "grid_id": self.id,
            "rule_id": quote["rule_id"],
            "basis": quote["basis"],
            "basis_value": quote["basis_value"],
            "amount": quote["amount"],
            "quote_sentence": quote["sentence"],
            "date_from": date_from,
            "date_to": date_to,
            "previous_id": previous.id,
            # Who has been admitted once is a member: a renewal needs no new decision.
            "admission": "admitted" if renewed else "applied",
            "admission_decided_on": previous.admission_decided_on if renewed else False,
            "admission_body": previous.admission_body if renewed else False,
        }

    def _create_memberships(self, members, date_from=None, date_to=None):
        """Create the memberships that this grid gives to members, all in one go.

        :return: (memberships created, {member: sentence that says why it got none}).
        """
        self._check_usable()
        vals_list, refused = self._prepare_memberships(members, date_from, date_to)
        return self.env["association.membership"].create(vals_list), refused

    def action_view_memberships(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "coup_de_pousse_membership.action_association_membership"
        )
        return {**action, "domain": [("grid_id", "=", self.id)], "context": {}}
