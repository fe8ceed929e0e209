"""A body's rules have a past: what they were before a change is kept, with its days."""

from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.models.common.dated_records import show_day
from odoo.exceptions import ValidationError

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
    _inherit = "governance.body"

    version_ids = fields.One2many("governance.body.version", "body_id", string="Former rules", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        today = fields.Date.context_today(self)
        vals_list = [
            {**vals, "in_force_since": vals.get("in_force_since") or vals.get("date_from") or today}
            for vals in vals_list
        ]
        return super(GovernanceBody, self.with_context(governance_dated=True)).create(vals_list).with_env(self.env)

    def write(self, vals):
        if not ({*RULES, "composition_ids", "in_force_since"} & vals.keys()):
            return super().write(vals)
        with self._dated_change(vals.get("in_force_since")):
            return super(GovernanceBody, self.with_context(governance_dated=True)).write(vals)

    @contextmanager
    def _dated_change(self, since=None):
        """Keep what the rules were, if what happens inside changes them on a later day.

        :param since: first day of the new rules; today by default. Before the present ones began:
            refused, as the past is told already.
        """
        if self.env.context.get("governance_dated"):
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
        composition = rules.pop("composition_ids")
        functions = rules.pop("function_ids")
        self.env["governance.body.version"].sudo().create(
            {
                **rules,
                "function_ids": [fields.Command.set(functions)],
                "composition": composition,
                "body_id": self.id,
                "date_from": since,
                "date_to": day - timedelta(days=1),
            }
        )
        self.with_context(governance_dated=True).in_force_since = day

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
