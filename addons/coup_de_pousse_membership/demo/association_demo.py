"""A made-up network over two years, so that whoever tries the product finds it lived in.

Nothing here writes a state: organisations are admitted, called, paid and credited by the methods
that people's clicks call. What happened to whom stands in the CSV files of the folder ``network``.

Days are written there as ``years/month-day``: ``-1/03-15`` is 15 March of last year. This year's
days (``0/…``) come at the pace of the part of the year that has gone by, so that their order
stays and none of them lies ahead; ``next`` is the first day of next month.
"""

import base64
import csv
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import groupby
from odoo.tools.misc import file_open

from ..calculation.register.figures import FIGURES
from .gift_demo import GiftDemo
from .simulation_demo import SimulationDemo

ADDON = "coup_de_pousse_membership"
LANG = "fr_FR"
DAYS_TO_PAY = 45
DAYS_TO_DECIDE = 30


class AssociationDemo(models.AbstractModel):
    """Makes the demo network; its methods are called from the demo files only."""

    _name = "association.demo"
    _description = "Demo Network"

    # ---- entry points, called from the demo files ----

    @api.model
    def _prepare_company(self):
        """Give the external id ``demo_company`` to the company that the network lives in.

        It is the main company, unless something was booked there: then a new one.
        """
        if self._ref("demo_company"):
            return
        company = self.env.ref("base.main_company")
        if company._existing_accounting():
            company = company.create({"name": "Demo", "country_id": self.env.ref("base.fr").id})
            admin = self.env.ref("base.user_admin", raise_if_not_found=False)
            if admin:
                admin.company_ids += company
        self._name_records([("demo_company", company)])

    @api.model
    def _install(self):
        """Fill the demo company, once."""
        if self._ref("demo_grid_this"):
            return
        company = self._ref("demo_company")
        demo = self.with_company(company).with_context(
            lang=LANG, allowed_company_ids=company.ids, tracking_disable=True
        )
        demo._load_terms()
        demo._load_chart(company.with_env(demo.env))
        demo._create_figures()
        demo._create_members()
        last, this = demo._create_grids()
        demo._tell_year(-1, last)
        last.action_close()
        demo._tell_year(0, this)
        demo._record_departures()
        demo._create_campaigns(last, this)
        demo._receive_payments()
        GiftDemo(demo).make()
        SimulationDemo(demo).make()

    # ---- what must be there first ----

    def _load_terms(self):
        """Have this addon in French already: quotes and calls keep the words they were made with.

        Odoo itself loads the translations after the demo data.
        """
        self.env["ir.module.module"]._load_module_terms([ADDON], [LANG])
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def _load_chart(self, company):
        """Give the company a chart of accounts if it has none: the French one if it is there."""
        charts = self.env["account.chart.template"]
        if not company.chart_template:
            french = charts._get_chart_template_mapping().get("fr", {})
            # try_loading() warns while modules are loading, and demo data load just then.
            charts._load("fr" if french.get("installed") else "generic_coa", company, False)
        company._ensure_membership_accounting()

    # ---- the network ----

    def _create_figures(self):
        year = fields.Date.context_today(self).year
        currency = self.env.company.currency_id
        self.env["association.annual.figures"].create(
            [
                {
                    "partner_id": self._ref(row["partner"]).id,
                    "year": year + int(row["year"]),
                    "currency_id": currency.id,
                    "source": row["source"],
                    "declared_on": self._day(row["declared"]),
                    **{name: float(row[name]) for name in FIGURES if row[name]},
                }
                for row in self._read("annual_figures")
            ]
        )

    def _create_members(self):
        rows = self._read("members")
        members = self.env["association.member"].create(
            [
                {
                    "partner_id": self._ref(row["partner"]).id,
                    "company_id": self.env.company.id,
                    "category_id": self._ref(row["category"]).id,
                    "since": self._day(row["since"]),
                }
                for row in rows
            ]
        )
        self._name_records(zip([row["id"] for row in rows], members, strict=True))

    def _record_departures(self):
        for row in self._read("members"):
            if row["left"]:
                self._ref(row["id"]).write({"left_on": self._day(row["left"]), "end_reason": row["end_reason"]})

    def _create_grids(self):
        """Make last year's and this year's grids, voted, and next year's draft.

        :return: the first two.
        """
        this_year = fields.Date.context_today(self).year
        rows = self._read("fee_rules")
        grids = self.env["association.fee.grid"].create(
            [
                {
                    "name": f"Grille d'adhésion {year}",
                    "date_from": date(year, 1, 1),
                    "voted_on": date(year - 1, 11, 28),
                    "voted_by": "Assemblée générale",
                    "rule_ids": [
                        fields.Command.create(self._prepare_rule(row, index, column))
                        for index, row in enumerate(rows, 1)
                    ],
                }
                for year, column in ((this_year - 1, "last"), (this_year, "this"))
            ]
        )
        grids.action_vote()
        last, this = grids
        draft = this._duplicate_for_next_year()
        for rule, row in zip(draft.rule_ids, rows, strict=True):
            rule.amount = float(row["next"])
        names = ("demo_grid_last", "demo_grid_this", "demo_grid_next")
        self._name_records(zip(names, last + this + draft, strict=True))
        return last, this

    def _create_campaigns(self, last, this):
        """Make last year's and this year's campaigns, over, with the calls made above; and next year's, to launch."""
        campaigns = self.env["association.campaign"]
        for grid in last + this:
            first = min(grid.membership_ids._get_call_lines().move_id.mapped("invoice_date"))
            campaign = campaigns.create(
                {
                    "grid_id": grid.id,
                    "invoice_date": first,
                    "previous_id": campaigns[-1:].id,
                    "recap_user_id": self._ref("demo_user_treasurer").id,
                }
            )
            campaign.action_preview()
            # Who was not called then is not waiting for it now.
            campaign.line_ids.filtered(lambda line: line.state == "ready").unlink()
            campaign.line_ids._recognise_calls()
            # They were called by the campaign, as far as anybody can tell.
            campaign.line_ids.filtered("recognised").write({"recognised": False, "problem": False, "reason": False})
            campaign.write({"state": "done"})
            campaigns |= campaign
        campaigns[0].action_close()
        following = campaigns[1].copy(campaigns[1]._prepare_next_year())
        following.action_preview()
        names = ("demo_campaign_last", "demo_campaign_this", "demo_campaign_next")
        self._name_records(zip(names, campaigns + following, strict=True))

    def _prepare_rule(self, row, index, column):
        vals = {
            "sequence": index * 10,
            "category_ids": [fields.Command.link(self._ref(row["category"]).id)],
            "basis": row["basis"] or False,
            "basis_from": float(row["from"]) if row["from"] else False,
            "basis_below": float(row["below"]) if row["below"] else False,
            "amount": float(row[column]),
        }
        return {**vals, "name": row["name"]} if row["name"] else vals

    # ---- what happened in a year ----

    def _tell_year(self, year, grid):
        """Play one year's admissions, calls, payments and credit notes.

        :param year: 0 for this year, -1 for last year.
        :param grid: the grid in force.
        """
        rows = [row for row in self._read("memberships") if int(row["year"]) == year]
        story = self._create_memberships(rows, grid)
        self._decide(story)
        self._issue_calls(story)
        self._register_payments(story)
        self._credit(story)

    def _create_memberships(self, rows, grid):
        """Return [(row, membership)]."""
        story = []
        for starts, group in groupby(rows, lambda row: row["starts"]):
            members = self.env["association.member"].union(*(self._ref(r["member"]) for r in group))
            date_from = self._day(starts) or grid.date_from
            date_to = grid.date_to
            if starts == "next":
                date_to = date_from + relativedelta(years=1, days=-1)
            created, refused = grid._create_memberships(members, date_from, date_to)
            if refused:
                raise UserError("\n".join(f"{m.display_name}: {why}" for m, why in refused.items()))
            by_member = {membership.member_id: membership for membership in created}
            story += [(row, by_member[self._ref(row["member"])]) for row in group]
        self._name_records((row["id"], membership) for row, membership in story)
        return story

    def _decide(self, story):
        """Record the applications and what the board made of them."""
        for row, membership in story:
            decided_on = self._day(row["decided"])
            if row["applied"]:
                membership.applied_on = self._day(row["applied"])
            elif decided_on:
                membership.applied_on = decided_on - timedelta(days=DAYS_TO_DECIDE)
            else:
                membership.applied_on = membership.previous_id.applied_on
            if decided_on:
                membership._decide_admission(row["admission"], decided_on, row["body"])

    def _issue_calls(self, story):
        for row, membership in story:
            if row["payer"]:
                membership.payer_id = self._ref(row["payer"])
        for called, memberships in self._by_day(story, "called"):
            memberships._issue_calls(self._day(called), self._day(called, later=DAYS_TO_PAY))

    def _register_payments(self, story):
        """Pay calls, in full or the part that the row says, and match them.

        The entries are those of Odoo's payment wizard, made in one batch.
        """
        paid = {membership._get_call_lines().move_id: row for row, membership in story if row["paid"]}
        payments = self.env["account.payment"].create(
            [self._prepare_payment(invoice, row) for invoice, row in paid.items()]
        )
        self._refresh_statistics()
        payments.action_post()
        pairs = list(zip(paid, payments, strict=True))
        for invoice, payment in pairs:
            invoice.matched_payment_ids += payment
        self.env["account.move.line"]._reconcile_plan(
            [
                (invoice.line_ids | payment.move_id.line_ids).filtered(
                    lambda line: line.account_type == "asset_receivable"
                )
                for invoice, payment in pairs
            ]
        )

    def _prepare_payment(self, invoice, row):
        part = float(row["part"] or 1)
        return {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": invoice.partner_id.id,
            "amount": invoice.currency_id.round(invoice.amount_total * part),
            "currency_id": invoice.currency_id.id,
            "date": self._day(row["paid"]),
            "journal_id": self._bank_journal().id,
            "memo": invoice.name,
        }

    def _bank_journal(self):
        return self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=1
        )

    def _credit(self, story):
        for credited, memberships in self._by_day(story, "credited"):
            day = self._day(credited)
            reason = next(row["credit_reason"] for row, _m in story if row["credited"] == credited)
            memberships._get_call_lines().move_id._reverse_moves(
                [{"date": day, "invoice_date": day, "invoice_date_due": day, "ref": reason}],
                cancel=True,
            )

    def _receive_payments(self):
        """Have the treasurer read a file of the bank, to confirm, and gather cheques, to take to the bank."""
        demo = self.with_user(self._ref("demo_user_treasurer"))
        rows = [(row, self._find_call(row)) for row in self._read("payments")]
        day = fields.Date.context_today(self) - timedelta(days=2)
        lines = ["Date;Libellé;Montant"]
        for row, call in rows:
            if row["by"] == "bank":
                text = row["text"].format(call=call.name, payer=(call.partner_id.name or "").upper())
                lines.append(f"{day:%d/%m/%Y};{text};{row['amount'].replace('.', ',')}")
        statement = demo.env["association.payment.import"].create(
            {"filename": f"releve-{day:%Y-%m-%d}.csv", "file": base64.b64encode("\n".join(lines).encode())}
        )
        statement.action_preview()
        cheques = demo.env["association.cheque"].create(
            [
                {
                    "number": row["text"],
                    "partner_id": call.partner_id.id,
                    "amount": float(row["amount"]),
                    "received_on": day,
                    "move_ids": [fields.Command.link(call.id)],
                }
                for row, call in rows
                if row["by"] == "cheque"
            ]
        )
        deposit = demo.env["association.cheque.deposit"].create({"cheque_ids": [fields.Command.set(cheques.ids)]})
        self._name_records((("demo_bank_file", statement), ("demo_cheque_deposit", deposit)))

    def _find_call(self, row):
        """Return the call of the membership that a row names, if it names one."""
        membership = row["membership"] and self._ref(row["membership"])
        return membership._get_call_lines().move_id if membership else self.env["account.move"]

    # ---- tools ----

    def _refresh_statistics(self):
        """Let PostgreSQL know that the tables of entries are no longer empty.

        It vacuums by itself only what is committed: where it found these tables empty before, it
        takes them for empty until the demo data are committed, and a payment then costs seconds.
        """
        self.env.flush_all()
        self.env.cr.execute("ANALYZE account_move, account_move_line, account_payment, account_partial_reconcile")

    def _by_day(self, story, column):
        """Return [(day as written, memberships)] of the rows that have that day, the oldest first."""
        dated = [(row[column], membership) for row, membership in story if row[column]]
        groups = groupby(dated, lambda pair: pair[0])
        return sorted(
            ((day, self.env["association.membership"].union(*(m for _day, m in pairs))) for day, pairs in groups),
            key=lambda group: self._day(group[0]),
        )

    def _day(self, text, later=0):
        """Read a day as the module's docstring says.

        :param later: days to add, at the same pace.
        :return: a date, or False if the text is empty.
        """
        if not text:
            return False
        today = fields.Date.context_today(self)
        if text == "next":
            return today + relativedelta(months=1, day=1)
        years, month_day = text.split("/")
        day = date.fromisoformat(f"{today.year + int(years)}-{month_day}") + timedelta(days=later)
        if int(years):
            return day
        new_year, year_end = today.replace(month=1, day=1), today.replace(month=12, day=31)
        return new_year + (day - new_year) * (today - new_year).days // (year_end - new_year).days

    def _read(self, name):
        """Return the rows of a file of the folder ``network``, as dictionaries."""
        with file_open(f"{ADDON}/demo/network/{name}.csv") as file:
            return list(csv.DictReader(file))

    def _ref(self, name):
        """Return the record of this external id in the present context, or False if there is none."""
        record = self.env.ref(f"{ADDON}.{name}", raise_if_not_found=False)
        return record and record.with_env(self.env)

    def _name_records(self, named):
        """Give records their external ids."""
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{ADDON}.{name}", "record": record, "noupdate": True} for name, record in named]
        )
