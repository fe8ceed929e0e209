"""What the overview says of money, and how the missions stand."""

from datetime import date

from dateutil.relativedelta import relativedelta
from odoo import fields, models

from ..money.accompaniment_cofunding import called_and_paid
from .accompaniment_overview import COORDINATOR, RECENT_MONTHS

STATE_COLORS = {"prepared": "info", "running": "success", "closed": "primary", "cancelled": "dark"}
ANSWER_COLORS = {"seen": "success", "partly": "info", "not_yet": "warning", False: "danger"}


class AccompanimentOverview(models.AbstractModel):
    _inherit = "accompaniment.overview"

    # ---- money ----

    def _get_money_cards(self, today):
        """Return the cards of who follows the money; margins are the coordinator's."""
        day = fields.Date.to_string(today)
        uninvoiced = [("planned_on", "<=", day), ("line_ids", "not any", [("parent_state", "!=", "cancel")])]
        unpaid = [
            ("move_id.state", "=", "posted"),
            ("move_id.payment_state", "in", ("not_paid", "partial")),
            ("move_id.invoice_date_due", "<", day),
        ]
        cards = [
            self._card_missions(
                "milestones",
                [("state", "in", ("running", "closed")), ("milestone_ids", "any", uninvoiced)],
                icon="fa-file-text-o",
                title=self.env._("Milestones to invoice"),
                sentence=self.env._("with a milestone whose day has come"),
            ),
            self._card_missions(
                "unpaid",
                [("cofunding_ids", "any", [("line_ids", "any", unpaid)])],
                icon="fa-money",
                tone="danger",
                title=self.env._("Invoices overdue"),
                sentence=self.env._("with an invoice that a co-funder did not pay in time"),
            ),
        ]
        return cards + ([self._card_margin(today)] if self.env.user.has_group(COORDINATOR) else [])

    def _card_margin(self, today):
        recent = fields.Date.to_string(today - relativedelta(months=RECENT_MONTHS))
        missions = self.env["accompaniment.mission"].search(
            self._missions("|", ("state", "=", "running"), "&", ("state", "=", "closed"), ("closed_on", ">=", recent))
        )
        costs = missions._get_costs()
        currency = self.env.company.currency_id
        losing = [mission.id for mission in missions if currency.compare_amounts(costs[mission.id], mission.price) > 0]
        return self._card_missions(
            "margin",
            [("id", "in", losing)],
            icon="fa-line-chart",
            tone="danger",
            title=self.env._("Negative margin"),
            sentence=self.env._("that cost more than their price"),
        )

    # ---- how the missions stand ----

    def _get_panels(self, today):
        """Return the pictures, without those that have nothing to show.

        Each has ``bars``: a label, a value (``unit`` says of what), and the list that it opens.
        """
        year = today.year
        panels = [
            self._panel_states(),
            self._panel_schemes(year),
            self._panel_days(year),
            self._panel_cofunding(year),
            self._panel_effects(),
            self._panel_reviews(today),
        ]
        return [panel for panel in panels if any(bar["value"] for bar in panel["bars"])]

    def _prepare_panel(self, name, title, sentence, bars, unit="count"):
        return {"name": name, "title": title, "sentence": sentence, "bars": bars, "unit": unit}

    def _prepare_bar(self, label, value, domain, color="primary", action="action_accompaniment_mission"):
        return {
            "label": label,
            "value": value,
            "domain": domain,
            "color": color,
            "action": f"{self._overview_module}.{action}",
        }

    def _of_year(self, year):
        """Return the domain of the missions that are under way on some day of a year."""
        first, last = (fields.Date.to_string(day) for day in (date(year, 1, 1), date(year, 12, 31)))
        return self._missions(
            ("state", "!=", "cancelled"),
            ("date_from", "<=", last),
            "|",
            ("date_to", "=", False),
            ("date_to", ">=", first),
        )

    def _panel_states(self):
        Mission = self.env["accompaniment.mission"]
        counts = dict(Mission._read_group(self._missions(), ["state"], ["__count"]))
        bars = [
            self._prepare_bar(label, counts[state], self._missions(("state", "=", state)), STATE_COLORS[state])
            for state, label in Mission._fields["state"]._description_selection(self.env)
            if counts.get(state)
        ]
        return self._prepare_panel(
            "states", self.env._("Missions by step"), self.env._("All that were ever opened"), bars
        )

    def _panel_schemes(self, year):
        domain = self._of_year(year)
        groups = self.env["accompaniment.mission"]._read_group(domain, ["scheme_id"], ["__count"], order="__count desc")
        bars = [
            self._prepare_bar(scheme.display_name, count, [*domain, ("scheme_id", "=", scheme.id)])
            for scheme, count in groups
        ]
        return self._prepare_panel(
            "schemes",
            self.env._("Missions by scheme"),
            self.env._("Under way in %(year)s, or on some day of it", year=year),
            bars,
        )

    def _panel_days(self, year):
        domain = self._of_year(year)
        [(planned, used)] = self.env["accompaniment.mission"]._read_group(
            domain, [], ["days_planned:sum", "days_used:sum"]
        )
        bars = [
            self._prepare_bar(self.env._("Days planned"), planned or 0.0, domain),
            self._prepare_bar(self.env._("Days used"), used or 0.0, domain, "success"),
            self._prepare_bar(self.env._("Days left"), (planned or 0.0) - (used or 0.0), domain, "warning"),
        ]
        return self._prepare_panel(
            "days", self.env._("Days"), self.env._("Of the missions under way in %(year)s", year=year), bars, "days"
        )

    def _panel_cofunding(self, year):
        domain = self._of_year(year)
        agreed, called, paid = self._get_cofunding(domain)
        bars = [
            self._prepare_bar(self.env._("Agreed with co-funders"), agreed, domain),
            self._prepare_bar(self.env._("Invoiced"), called, domain, "info"),
            self._prepare_bar(self.env._("Collected"), paid, domain, "success"),
            self._prepare_bar(self.env._("Still to invoice"), agreed - called, domain, "warning"),
        ]
        return self._prepare_panel(
            "cofunding",
            self.env._("Co-funding"),
            self.env._("Of the missions under way in %(year)s, before tax", year=year),
            bars,
            "money",
        )

    def _get_cofunding(self, missions):
        """Return what co-funders agreed to, what they were invoiced and what they paid, before tax."""
        Part = self.env["accompaniment.cofunding"]
        domain = [("mission_id", "any", missions)]
        [(agreed,)] = Part._read_group(domain, [], ["amount:sum"])
        rows = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [("cofunding_id", "in", Part._search(domain)), ("parent_state", "!=", "cancel")],
                ["move_id"],
                ["price_subtotal:sum"],
            )
        )
        amounts = [called_and_paid(move, subtotal) for move, subtotal in rows]
        return agreed or 0.0, sum(called for called, _paid in amounts), sum(paid for _called, paid in amounts)

    def _panel_effects(self):
        Effect = self.env["accompaniment.effect"]
        domain = self._parts(("mission_id.state", "=", "closed"))
        counts = dict(Effect._read_group(domain, ["observed"], ["__count"]))
        answers = [*Effect._fields["observed"]._description_selection(self.env), (False, self.env._("Never looked at"))]
        bars = [
            self._prepare_bar(
                label,
                counts[answer],
                [*domain, ("observed", "=", answer)],
                ANSWER_COLORS[answer],
                "action_accompaniment_effect",
            )
            for answer, label in answers
            if counts.get(answer)
        ]
        return self._prepare_panel(
            "effects", self.env._("Effects"), self.env._("Expected from the missions that are closed"), bars
        )

    def _panel_reviews(self, today):
        due = self._parts(
            ("mission_id.state", "=", "closed"), ("months", ">", 0), ("due_on", "<=", fields.Date.to_string(today))
        )
        counts = dict(self.env["accompaniment.review"]._read_group(due, ["state"], ["__count"]))
        total, done = sum(counts.values()), counts.get("done", 0)
        action = "action_accompaniment_review"
        bars = [
            self._prepare_bar(self.env._("Answered"), done, [*due, ("state", "=", "done")], "success", action),
            self._prepare_bar(
                self.env._("Not answered"), total - done, [*due, ("state", "!=", "done")], "warning", action
            ),
        ]
        return self._prepare_panel(
            "reviews",
            self.env._("Reviews of effects"),
            self.env._("%(percent)s %% of those that were due are answered", percent=round(100 * done / (total or 1))),
            bars,
        )
