"""What the app opens on: what needs doing, and how the network stands."""

from datetime import date

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...calculation.fee import fee
from ...calculation.register.membership_state import MEMBERS
from ..register.association_membership import LIVE
from .first_steps import get_first_steps
from .money_cards import get_job_card, get_letter_cards, get_payment_cards

MODULE = "coup_de_pousse_membership"
DIRECTOR, OFFICE, TREASURER = (f"{MODULE}.group_membership_{role}" for role in ("director", "office", "treasurer"))
#: Days before its end from which a membership without a next one is shown.
ENDING_DAYS = 60
#: Months during which a membership that was not renewed is shown.
LAPSED_MONTHS = 12


class AssociationOverview(models.AbstractModel):
    _name = "association.overview"
    _inherit = "association.overview.mixin"
    _description = "What Needs Doing"
    _overview_module = MODULE

    @api.model
    @api.readonly
    def get_overview(self):
        """Return what the overview shows to the present user, for the current association.

        The number of queries does not depend on how many members there are. Only what is to be done
        is returned: a card that would say 0 is left out, and so is one that the user may not open.

        :return: ``company``, ``currency_id``, ``can_add_members``, ``cards`` (what needs doing), ``states``
            (members by state), ``fees`` (this year's, called and collected) and ``steps`` (how to start, as
            long as there is no membership).
        :raise AccessError: if the user has no role in the membership app.
        """
        if not (self.env.user.has_group(DIRECTOR) or self.env.user.has_group(OFFICE)):
            raise AccessError(
                self.env._(
                    "The overview of memberships is for the membership office, the treasurer and "
                    "the director: ask an administrator for one of these roles."
                )
            )
        today = fields.Date.context_today(self)
        states = self._get_states()
        grid = self.env["association.membership.wizard"]._default_grid()
        return {
            "company": self.env.company.name,
            "currency_id": self.env.company.currency_id.id,
            "can_add_members": self.env["association.member"].has_access("create"),
            "cards": [card for card in self._get_cards(grid, today) if card and card["count"]],
            "states": states,
            "fees": self._get_fees(today.year),
            "steps": [] if self._has_memberships() else get_first_steps(self, bool(states), bool(grid)),
        }

    # ---- what needs doing ----

    def _get_cards(self, grid, today):
        """Return the cards, the most urgent first (``None`` where one is not for this user)."""
        sees_calls = self.env.user.has_group(TREASURER) or self.env.user.has_group(DIRECTOR)
        return [
            *(self._get_call_cards(today) if sees_calls else ()),
            self._card_applications(),
            self._card_imports(),
            self._card_grids() if sees_calls else None,
            self._card_figures(grid),
            *self._get_member_cards(today),
            *(get_letter_cards(self) if sees_calls else ()),
            get_job_card(self),
        ]

    def _get_call_cards(self, today):
        """Return the cards of who issues the calls, or reads everything."""
        return [
            self._card_overdue(),
            self._card_account_missing(),
            self._card_campaigns_running(),
            self._card_campaigns_draft(),
            self._card_to_call(),
            *get_payment_cards(self),
        ]

    def _card_overdue(self):
        return self._metric_card(
            "calls_overdue",
            (self.env._("call"), self.env._("calls")),
            name="overdue",
            action="action_association_call",
            icon="fa-exclamation-triangle",
            tone="danger",
            title=self.env._("Calls overdue"),
            sentence=self.env._("past their due date and not fully paid"),
        )

    def _card_account_missing(self):
        """Return the card of an association whose calls do not say into which account to pay."""
        company = self.env.company
        return self._prepare_card(
            "account_missing",
            "action_membership_accounts",
            False,
            int(company.membership_account_missing and self._has_memberships()),
            (self.env._("account missing"), self.env._("accounts missing")),
            icon="fa-university",
            tone="danger",
            title=self.env._("No account to pay into"),
            sentence=self.env._("calls do not say how to pay: enter the association's IBAN"),
        )

    def _card_campaigns_running(self):
        """Return the card of the campaigns that are calling, or paused: it counts the recipients left."""
        at_work = ("running", "paused")
        left = self._here(("campaign_id.state", "in", at_work), ("state", "=", "ready"))
        return self._count_card(
            "campaigns_running",
            "association.campaign",
            self._here(("state", "in", at_work)),
            None,
            counted=("association.campaign.line", left, self._member_unit()),
            amount="total:sum",
            icon="fa-bullhorn",
            title=self.env._("Campaign under way"),
            sentence=self.env._("still to be called"),
        )

    def _card_campaigns_draft(self):
        return self._count_card(
            "campaigns_draft",
            "association.campaign",
            self._here(("state", "=", "draft")),
            (self.env._("campaign"), self.env._("campaigns")),
            icon="fa-bullhorn",
            title=self.env._("Campaigns to launch"),
            sentence=self.env._("in preparation"),
        )

    def _card_to_call(self):
        return self._count_card(
            "to_call",
            "association.membership",
            self._here(("admission", "=", "admitted"), ("payment_state", "=", "not_called")),
            (self.env._("membership"), self.env._("memberships")),
            amount="amount:sum",
            icon="fa-paper-plane-o",
            title=self.env._("Fees to call"),
            sentence=self.env._("admitted, with no call issued"),
        )

    def _card_applications(self):
        return self._count_card(
            "applications",
            "association.membership",
            self._here(("admission", "=", "applied")),
            (self.env._("application"), self.env._("applications")),
            icon="fa-inbox",
            title=self.env._("Applications to decide"),
            sentence=self.env._("waiting for the decision of the board"),
        )

    def _card_imports(self):
        if not self.env["association.member.import"].has_access("write"):
            return None
        return self._count_card(
            "imports",
            "association.member.import",
            self._here(("state", "=", "previewed")),
            (self.env._("file"), self.env._("files")),
            icon="fa-upload",
            title=self.env._("Imports to confirm"),
            sentence=self.env._("previewed: nothing of them is written yet"),
        )

    def _card_grids(self):
        return self._count_card(
            "grids",
            "association.fee.grid",
            self._here(("state", "=", "draft")),
            (self.env._("grid"), self.env._("grids")),
            icon="fa-gavel",
            title=self.env._("Grids to be voted"),
            sentence=self.env._("drafted, whose vote is not recorded"),
        )

    # ---- members' files to look at ----

    def _member_unit(self):
        return self.env._("member"), self.env._("members")

    def _card_members(self, name, domain, **values):
        return self._count_card(name, "association.member", domain, self._member_unit(), **values)

    def _get_member_cards(self, today):
        """Return the cards of the members' files that somebody is to look at."""
        staying = ("state", "not in", ("left", "refused"))
        return [
            self._card_ending(today),
            self._card_lapsed(today),
            self._card_gone(staying, today),
            self._card_members(
                "no_category",
                self._here(("category_id", "=", False), staying),
                icon="fa-tags",
                title=self.env._("Without category"),
                sentence=self.env._("to whom no rule of a grid applies"),
            ),
            self._card_members(
                "no_email",
                self._here(("partner_id.email", "=", False), staying),
                icon="fa-envelope-o",
                title=self.env._("Without e-mail"),
                sentence=self.env._("to whom no call can be sent by e-mail"),
            ),
        ]

    def _card_gone(self, staying, today):
        """Return the card of the members that are archived among the contacts, or whose correspondent is gone."""
        gone = self.env["res.partner"]._get_gone_domain()
        current = self.env["association.correspondent"]._on_day_domain(today)
        domain = Domain(self._here(staying)) & (
            Domain("partner_id.active", "=", False)
            | Domain("correspondent_ids", "any", Domain(current) & Domain("partner_id", "any", gone))
        )
        return self._card_members(
            "gone",
            list(domain),
            icon="fa-user-times",
            title=self.env._("Contacts that are gone"),
            sentence=self.env._("archived, or whose correspondent is archived or has died: record who follows"),
        )

    def _card_ending(self, today):
        end = fields.Date.to_string(today + relativedelta(days=ENDING_DAYS))
        running = [("state", "in", ("active", "unpaid")), ("last_day", "<=", end)]
        domain = self._here(
            ("state", "in", MEMBERS),
            ("membership_ids", "any", running),
            ("membership_ids", "not any", [*LIVE, ("last_day", ">", end)]),
            # Who has announced its departure will not renew.
            ("left_on", "=", False),
        )
        return self._card_members(
            "ending",
            domain,
            icon="fa-hourglass-end",
            title=self.env._("Ending soon"),
            sentence=self.env._("whose membership ends within %(days)s days, with no next one", days=ENDING_DAYS),
        )

    def _card_lapsed(self, today):
        since = fields.Date.to_string(today - relativedelta(months=LAPSED_MONTHS))
        ended = [("state", "=", "expired"), ("last_day", ">=", since)]
        return self._card_members(
            "lapsed",
            self._here(("state", "=", "former"), ("membership_ids", "any", ended)),
            icon="fa-history",
            title=self.env._("Not renewed"),
            sentence=self.env._("whose membership ended in the last %(months)s months", months=LAPSED_MONTHS),
        )

    def _card_figures(self, grid):
        domain = self._get_missing_figures_domain(grid)
        if not domain:
            return None
        return self._card_members(
            "figures",
            domain,
            icon="fa-pencil-square-o",
            title=self.env._("Figures missing"),
            sentence=self.env._(
                "without the figures of %(year)s that the grid “%(grid)s” reads",
                year=grid.figures_year,
                grid=grid.name,
            ),
        )

    def _get_missing_figures_domain(self, grid):
        """Return the members to whom the grid can give no fee, for want of a figure; or None.

        Of each category, the figure that the grid reads first is asked.
        """
        rules = grid.rule_ids._to_calculation()
        needing = {}
        for category in self.env["association.category"].search([("active", "=", True)]) if rules else ():
            basis = fee.first_figure(rules, category.id)
            if basis:
                needing.setdefault(basis, []).append(category.id)
        if not needing:
            return None
        domain = self._here(("state", "not in", ("left", "refused")))
        domain += ["|"] * (len(needing) - 1)
        for basis, category_ids in needing.items():
            until = "<=" if grid.last_known_figures else "="
            known = [("year", until, grid.figures_year), (basis, "!=", False)]
            domain += [
                "&",
                ("category_id", "in", category_ids),
                ("partner_id.annual_figures_ids", "not any", known),
            ]
        return domain

    # ---- how the network stands ----

    def _has_memberships(self):
        return bool(self.env["association.membership"].search_count(self._here(), limit=1))

    def _get_states(self):
        """Return how many members each state has, in the order of the states."""
        counts = dict(self.env["association.member"]._read_group(self._here(), ["state"], ["__count"]))
        labels = self.env["association.member"]._fields["state"]._description_selection(self.env)
        return [
            {
                "name": name,
                "label": label,
                "count": counts[name],
                "domain": self._here(("state", "=", name)),
            }
            for name, label in labels
            if counts.get(name)
        ]

    def _get_fees(self, year):
        """Return the fees of the memberships that start in a year, in the company's currency.

        Called is what admitted members were asked to pay, credit notes deducted; collected is what money paid
        of it, here or before this system was used; ``to_call`` is what admitted members will still be asked.
        """
        metrics = self.env["association.metric"]._get("fees_called", "fees_collected", "fees_open", "fees_to_call")
        days = {"date_from": date(year, 1, 1), "date_to": date(year, 12, 31)}
        values = metrics._get_values(also=self._here(), **days)
        _called, collected, still_open, to_call = metrics
        return {
            "year": year,
            **{name: values[f"fees_{name}"] for name in ("called", "collected", "open", "to_call")},
            "labels": self._get_fee_labels(),
            "domains": {
                "called": self._here(*collected._get_domain(**days)),
                "open": self._here(*still_open._get_domain(**days), ("amount_due", ">", 0)),
                "to_call": self._here(*to_call._get_domain(**days)),
            },
        }

    def _get_fee_labels(self):
        return {
            "collected": self.env._("Collected"),
            "open": self.env._("Called, to be paid"),
            "to_call": self.env._("Still to be called"),
        }
