"""The bodies of a network: a tree, each with its rules, their past, and the seats that it is made of."""

from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.addons.coup_de_pousse_membership.models.common.hold import hold
from odoo.exceptions import UserError, ValidationError

DECLARED_KINDS = ("board", "bureau")
DECIDING_KINDS = ("assembly", "board", "bureau")
#: In the context under ``governance_dated``: the change is dated already. An object, so that no caller from outside
#: can send it.
DATED = object()
#: Fields whose former values are kept.
RULES = (
    "name",
    "kind",
    "level",
    "parent_id",
    "territory_id",
    "function_ids",
    "term_months",
    "at_term",
    "renewal",
    "proxies",
    "quorum_kind",
    "quorum_value",
    "notice_days",
    "meeting_months",
    "declared",
)


class GovernanceBody(models.Model):
    _name = "governance.body"
    _description = "Body"
    _inherit = ["governance.body.rules", "association.dated", "mail.thread", "mail.activity.mixin"]
    _parent_store = True
    _order = "sequence, name, id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(tracking=True)
    parent_id = fields.Many2one(check_company=True, domain="[('company_id', '=', company_id)]")
    parent_path = fields.Char(readonly=True, index=True)
    child_ids = fields.One2many("governance.body", "parent_id", string="Bodies under it")
    function_ids = fields.Many2many(compute="_compute_function_ids", store=True, readonly=False, precompute=True)
    declared = fields.Boolean(compute="_compute_declared", store=True, readonly=False, precompute=True)
    date_from = fields.Date(string="Exists since", help="First day of the body; empty: since always.")
    date_to = fields.Date(string="Dissolved on", help="Last day of the body; empty: it exists.")
    in_force_since = fields.Date(
        string="Rules in force since",
        copy=False,
        help="When a rule changes, the former ones are kept until the day before. Give another day here if the "
        "change does not apply from today.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Followed by",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Receives the reminders on terms, vacant seats and declarations.",
    )
    note = fields.Text(string="Notes")
    composition_ids = fields.One2many("governance.composition", "body_id", copy=True)
    version_ids = fields.One2many("governance.body.version", "body_id", string="Former rules", readonly=True)
    seat_ids = fields.One2many("governance.seat", "body_id", string="Seats")

    # ---- what is proposed ----

    @api.depends("kind")
    def _compute_function_ids(self):
        """Propose the decision to the bodies that usually take it; what is there stays."""
        deciding = self.env["governance.function"].search([("decides", "=", True)])
        for body in self:
            if not body.function_ids and body.kind in DECIDING_KINDS:
                body.function_ids = deciding
            else:
                body.function_ids = body.function_ids

    @api.depends("kind")
    def _compute_declared(self):
        for body in self:
            body.declared = body.kind in DECLARED_KINDS

    @api.depends("name", "territory_id")
    def _compute_display_name(self):
        for body in self:
            body.display_name = body.name or ""

    # ---- what is refused ----

    def _refuse_cycle(self, parent_id):
        """Refuse that a body stands under itself, ahead of the ORM, whose message names nobody."""
        parent = self.browse(parent_id or [])
        for body in self if parent else ():
            if f"/{body.id}/" in f"/{parent.parent_path}":
                raise ValidationError(
                    self.env._(
                        "“%(body)s” cannot stand under itself, nor under “%(parent)s”, which is under it. "
                        "Choose another body in “Under”.",
                        body=body.name,
                        parent=parent.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_history(self):
        kept = self.filtered(lambda body: body._has_history())
        if kept:
            raise UserError(
                self.env._(
                    "%(names)s: mandates or other bodies depend on it, and its past must be kept. "
                    "Give it a last day, or archive it.",
                    names=", ".join(kept[:5].mapped("name")),
                )
            )

    def _has_history(self):
        """Return whether something depends on the body that must be kept."""
        self.ensure_one()
        return bool(self.child_ids)

    # ---- the rules have a past: what they were before a change is kept, with its days ----

    @api.model_create_multi
    def create(self, vals_list):
        today = fields.Date.context_today(self)
        vals_list = [
            {**vals, "in_force_since": vals.get("in_force_since") or vals.get("date_from") or today}
            for vals in vals_list
        ]
        return super(GovernanceBody, self.with_context(governance_dated=DATED)).create(vals_list).with_env(self.env)

    def write(self, vals):
        self._refuse_cycle(vals.get("parent_id"))
        if not ({*RULES, "composition_ids", "in_force_since"} & vals.keys()):
            return super().write(vals)
        with self._dated_change(vals.get("in_force_since")):
            return super(GovernanceBody, self.with_context(governance_dated=DATED)).write(vals)

    @contextmanager
    def _dated_change(self, since=None):
        """Keep what the rules were, if what happens inside changes them on a later day.

        :param since: first day of the new rules; today by default. Before the present ones began:
            refused, as the past is told already.
        """
        if self.env.context.get("governance_dated") is DATED:
            yield
            return
        since = fields.Date.to_date(since)
        before = {body: (body._get_rules(), body.in_force_since) for body in self}
        yield
        day = since or fields.Date.context_today(self)
        for body, (rules, in_force_since) in before.items():
            if body._get_rules() != rules:
                body._keep_version(rules, in_force_since, day, given=since and since != in_force_since)

    def _keep_version(self, rules, since, day, given):
        """Keep the rules that were in force until the eve of a day.

        :param given: whether the user has given the day.
        """
        if given and since and day < since:
            raise ValidationError(
                self.env._(
                    "The rules of %(body)s have already changed on %(since)s: a change on %(day)s would come before. "
                    "Give a later day in “Rules in force since”.",
                    body=self.name,
                    since=show_day(self.env, since),
                    day=show_day(self.env, day),
                )
            )
        if since and day <= since:
            return  # corrected on the very day: there is no former state to keep
        former = {name: rules[name] for name in RULES}
        self.env["governance.body.version"].sudo().create(
            {
                **former,
                "function_ids": [fields.Command.set(rules["function_ids"])],
                "composition": rules["composition_ids"],
                "body_id": self.id,
                "date_from": since,
                "date_to": day - timedelta(days=1),
            }
        )
        self.with_context(governance_dated=DATED).in_force_since = day

    def _get_rules(self):
        """Return the values of the rules, as they are written."""
        self.ensure_one()
        values = {}
        for name in RULES:
            field, value = self._fields[name], self[name]
            values[name] = value.id if field.type == "many2one" else value
        values["function_ids"] = sorted(self.function_ids.ids)
        values["composition_ids"] = [
            {
                "college_id": line.college_id.id,
                "seats": line.seats,
                "minimum": line.minimum,
                "maximum": line.maximum,
            }
            for line in self.composition_ids.sorted("id")
        ]
        return values

    def _rules_at(self, day):
        """Return {body: the record that holds its rules at a day}: a former version, or the body itself."""
        versions = self.env["governance.body.version"].search(
            [
                ("body_id", "in", self.ids),
                ("date_to", ">=", day),
                "|",
                ("date_from", "=", False),
                ("date_from", "<=", day),
            ]
        )
        former = {version.body_id: version for version in versions}
        return {body: former.get(body, body) for body in self}

    # ---- seats ----

    def action_create_seats(self):
        """Make the seats that the composition foresees and that do not exist yet."""
        self.check_access("write")
        hold(self)
        today = fields.Date.context_today(self)
        vals_list = [vals for body in self for vals in body._prepare_missing_seats(today)]
        self.env["governance.seat"].create(vals_list)
        return True

    def _prepare_missing_seats(self, today):
        """Return the values of the seats that the composition foresees, less those that exist or are to come."""
        self.ensure_one()
        seats = self.seat_ids.filtered(lambda seat: not seat.date_to or seat.date_to >= today)
        number = max(self.seat_ids.mapped("number"), default=0)
        vals_list = []
        for line in self.composition_ids:
            same = seats.filtered(lambda seat, line=line: seat.college_id == line.college_id)
            for _missing in range(line.seats - len(same)):
                number += 1
                vals_list.append({"body_id": self.id, "number": number, "college_id": line.college_id.id})
        return vals_list

    # ---- what the body opens ----

    def action_view_seats(self):
        return self._open("action_governance_seat", [("body_id", "in", self.ids)])

    def _open(self, name, domain):
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(f"network_governance.{name}")
        context = {"default_body_id": self.id if len(self) == 1 else False}
        return {**action, "domain": domain, "context": context}

    def _in_tree_order(self):
        """Return these bodies as a tree is read: each below the one it depends on, in the usual order."""
        keys = {str(body.id): (body.sequence, body.name or "", body.id) for body in self}
        return self.sorted(lambda body: [keys[part] for part in body.parent_path.split("/") if part in keys])
