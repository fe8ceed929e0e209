"""Two made-up schemes: the Lianes network (150 structures, 15 of them seated) and a Guid'Asso tree.

Who sits where stands in the CSV files of the folder ``network``. Days are written there in months
from the present one: a mandate from ``-10`` begins on the first day of the month ten months ago, and
one until ``2`` ends on the last day before the month that comes in two months.
"""

import csv
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.coup_de_pousse_membership.calculation.common.terms import last_day
from odoo.fields import Command
from odoo.tools.misc import file_open

from ..models.body.governance_body import DATED
from ..models.declaration.governance_body import LATER
from .demo_meetings import DemoMeetings

ADDON = "network_governance"
MEMBERSHIP = "coup_de_pousse_membership"
LANG = "fr_FR"
#: Years of membership told before the present one: the trend looks back three.
YEARS_BEFORE = 3
#: One member in so many owes its fee of the year.
UNPAID_EVERY = 9
#: Seats of each third of the Lianes board, as drawn.
THIRDS = {1: range(1, 6), 2: range(6, 11)}


class GovernanceDemo(models.AbstractModel):
    """Makes the demo schemes; its methods are called from the demo files only."""

    _name = "governance.demo"
    _description = "Demo Schemes"

    @api.model
    def _prepare_companies(self):
        """Make the company of the Lianes network, and give the Guid'Asso one its name here."""
        if self._ref("demo_lianes"):
            return
        lianes = self.env["res.company"].create(
            {
                "name": "Lianes coopération (démo)",
                "country_id": self.env.ref("base.fr").id,
                "currency_id": self.env.ref("base.EUR").id,
                "street": "5 rue des Jumelages",
                "zip": "59000",
                "city": "Lille",
                "email": "contact@lianes-cooperation.example",
                "logo": False,
            }
        )
        self._name_records([("demo_lianes", lianes), ("demo_network", self.env.ref(f"{MEMBERSHIP}.demo_company"))])
        admin = self.env.ref("base.user_admin", raise_if_not_found=False)
        if admin:
            admin.company_ids += lianes

    @api.model
    def _install(self):
        """Fill both companies, once."""
        if self._ref("demo_board"):
            return
        lianes, network = self._ref("demo_lianes"), self._ref("demo_network")
        (lianes | network).governance_declare_since = self._month(-11)
        demo = self.with_company(lianes).with_context(
            lang=LANG,
            allowed_company_ids=(lianes | network).ids,
            tracking_disable=True,
            mail_activity_quick_update=True,
            governance_no_declaration=LATER,
        )
        demo._load_terms()
        demo._create_members(demo._create_structures())
        demo._create_people()
        demo._create_bodies()
        demo._create_mandates()
        demo._record_draw()
        demo._record_changes()

    @api.model
    def _hold_meetings(self):
        """Hold, open and plan the meetings of the Lianes network, once."""
        if self._ref("demo_meeting_board"):
            return
        lianes = self._ref("demo_lianes")
        demo = self.with_company(lianes).with_context(
            lang=LANG, allowed_company_ids=lianes.ids, tracking_disable=True, mail_activity_quick_update=True
        )
        demo._load_terms()
        DemoMeetings(demo).make()

    def _load_terms(self):
        """Have this addon in French already: tasks keep the words they were made with."""
        self.env["ir.module.module"]._load_module_terms([ADDON], [LANG])
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    # ---- contacts and members ----

    def _create_structures(self):
        """Return [(row, contact)]."""
        rows = self._read("structures")
        contacts = self.env["res.partner"].create(
            [
                {
                    "name": row["name"],
                    "is_company": True,
                    "legal_form": row["legal_form"],
                    "zip": row["zip"],
                    "city": row["city"],
                    "country_id": self.env.ref("base.fr").id,
                    "founded_on": row["founded"] or False,
                    "industry_id": row["industry"] and self.env.ref(row["industry"]).id,
                    "lang": LANG,
                }
                for row in rows
            ]
        )
        self._name_records(zip([row["id"] for row in rows], contacts, strict=True))
        budgets = [(row, contact) for row, contact in zip(rows, contacts, strict=True) if row["budget"]]
        self.env["association.annual.figures"].create(
            [
                {"partner_id": contact.id, "year": self._today().year - 1, "budget": float(row["budget"])}
                for row, contact in budgets
            ]
        )
        return list(zip(rows, contacts, strict=True))

    def _create_members(self, structures):
        lianes = self._ref("demo_lianes")
        college = self.env["association.college"].create(
            {"name": "Entreprises et coopératives", "sequence": 15, "company_id": lianes.id}
        )
        self._name_records([("demo_college_companies", college)])
        joined = [(row, contact) for row, contact in structures if row["category"]]
        members = self.env["association.member"].create(
            [
                {
                    "partner_id": contact.id,
                    "company_id": lianes.id,
                    "category_id": self.env.ref(f"{MEMBERSHIP}.{row['category']}").id,
                }
                for row, contact in joined
            ]
        )
        for (row, _contact), member in zip(joined, members, strict=True):
            if row["category"] == "category_company":
                member.college_id = college
        this_year = self._today().year
        self.env["association.membership"].create(
            [
                self._prepare_membership(member, year, paid=year < this_year or index % UNPAID_EVERY)
                for index, member in enumerate(members)
                for year in range(this_year - YEARS_BEFORE, this_year + 1)
            ]
        )

    def _prepare_membership(self, member, year, paid):
        first = date(year, 1, 1)
        return {
            "member_id": member.id,
            "date_from": first,
            "date_to": date(year, 12, 31),
            "admission": "admitted",
            "applied_on": first,
            "admission_decided_on": first,
            "admission_body": "Conseil d'administration",
            "amount": 60,
            "settled_elsewhere_on": paid and first,
        }

    def _create_people(self):
        rows = self._read("people")
        people = self.env["res.partner"].create(
            [
                {
                    "name": row["name"],
                    "gender": row["gender"] or False,
                    "parent_id": self._ref(row["structure"]).id,
                    "lang": LANG,
                }
                for row in rows
            ]
        )
        self._name_records(zip([row["id"] for row in rows], people, strict=True))

    # ---- bodies, seats, mandates ----

    def _create_bodies(self):
        secretary = self._ref("demo_user_secretary")
        for row in self._read("bodies"):
            body = self.env["governance.body"].create(self._prepare_body(row, secretary))
            self._name_records([(row["id"], body)])
            body.action_create_seats()

    def _prepare_body(self, row, secretary):
        quorum = float(row["quorum"] or 0)
        return {
            "company_id": self._ref(f"demo_{row['company']}").id,
            "name": row["name"],
            "kind": row["kind"],
            "level": row["level"],
            "parent_id": row["parent"] and self._ref(row["parent"]).id,
            "territory_id": self._find_territory(row["territory"]).id,
            "function_ids": [Command.set([self._ref(f"function_{name}").id for name in row["functions"].split()])],
            "composition_ids": [Command.create(self._prepare_composition(part)) for part in row["composition"].split()],
            "term_months": int(row["term"]),
            "at_term": row["at_term"],
            "renewal": row["renewal"],
            "proxies": int(row["proxies"]) if row["proxies"] else False,
            "quorum_kind": "share" if quorum else "none",
            "quorum_value": quorum,
            "notice_days": int(row["notice"] or 0),
            "meeting_months": int(row["rhythm"] or 0),
            "date_from": self._month(row["exists"]),
            "user_id": secretary.id,
        }

    def _prepare_composition(self, part):
        college, seats, minimum = part.split(":")
        own = self._ref(f"demo_college_{college}") if college else False
        found = own or (college and self.env.ref(f"{MEMBERSHIP}.college_{college}"))
        return {"college_id": found and found.id, "seats": int(seats), "minimum": int(minimum)}

    def _find_territory(self, text):
        territories = self.env["association.territory"]
        if not text:
            return territories
        department = territories._find_by_code([text if text != "region" else "44"])
        found = next(iter(department.values()), territories)
        return found.parent_id if text == "region" else found

    def _create_mandates(self):
        rows = self._read("mandates")
        seats = {(seat.body_id, seat.number): seat for seat in self.env["governance.seat"].search([])}
        # The earlier ones first: a successor ends who was kept in place.
        for row in sorted(rows, key=lambda row: int(row["first"])):
            seat = seats[self._ref(row["body"]), int(row["seat"])]
            mandate = self.env["governance.mandate"].create(self._prepare_mandate(row, seat))
            for text in row["offices"].split():
                office, first = text.split(":")
                self.env["governance.office"].create(
                    {"mandate_id": mandate.id, "office": office, "date_from": self._month(first)}
                )

    def _prepare_mandate(self, row, seat):
        person = self._person(row["person"])
        return {
            "seat_id": seat.id,
            "partner_id": person.id,
            "organisation_id": person.parent_id.id,
            "role": row["role"],
            "designation": row["designation"],
            "date_from": self._month(row["first"]),
            "term_date": row["term"] and self._eve(row["term"]),
            "ended_on": row["ended"] and self._eve(row["ended"]),
            "end_reason": row["reason"] or False,
        }

    def _person(self, name):
        return self._ref(name) or self.env.ref(f"{MEMBERSHIP}.{name}").with_env(self.env)

    def _record_draw(self):
        """The draw that the first thirds of the board follow from."""
        board = self._ref("demo_board")
        first = self._month(-34)
        third_of = {number: third for third, numbers in THIRDS.items() for number in numbers}
        former_term = last_day(first, board.term_months)
        lines = [
            {
                "mandate_id": mandate.id,
                "seat_id": mandate.seat_id.id,
                "third": third_of.get(mandate.seat_id.number, 3),
                "former_term": former_term,
            }
            for mandate in board.mandate_ids
            if mandate.date_from == first and mandate.role == "titular"
        ]
        draw = self.env["governance.draw"].create(
            {
                "body_id": board.id,
                "drawn_on": first,
                "place": "Assemblée générale, deux scrutateurs, urne",
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        draw.action_record()
        for seat in board.seat_ids:
            seat._write_facts({"third": third_of.get(seat.number, 3)})

    def _record_changes(self):
        """What was declared, what is late, and rules that were others before."""
        board = self._ref("demo_board")
        companies = board.composition_ids.filtered(lambda line: line.college_id == self._ref("demo_college_companies"))
        board.with_context(governance_dated=DATED).write(
            {"composition_ids": [Command.update(companies.id, {"seats": 2})], "in_force_since": self._month(-60)}
        )
        board.write(
            {
                "composition_ids": [Command.update(companies.id, {"seats": 3})],
                "in_force_since": self._month(-20),
            }
        )
        self._ref("demo_committee").write(
            {
                "name": "Comité de suivi du projet associatif",
                "function_ids": [Command.set(self._ref("function_planning").ids)],
                "in_force_since": self._month(-4),
            }
        )
        bodies = self.env["governance.body"].search([("declared", "=", True)])
        bodies.with_context(governance_no_declaration=None)._follow_officers()
        declared = self.env["governance.declaration"].search(
            [("company_id", "=", board.company_id.id), ("changed_on", "<", self._month(-8))]
        )
        declared.declared_on = self._month(-9)

    # ---- tools ----

    def _today(self):
        return fields.Date.context_today(self)

    def _month(self, months):
        """Return the first day of the month so many months from now."""
        return self._today().replace(day=1) + relativedelta(months=int(months))

    def _eve(self, months):
        return self._month(months) - timedelta(days=1)

    def _read(self, name):
        with file_open(f"{ADDON}/demo/network/{name}.csv") as file:
            return list(csv.DictReader(file))

    def _ref(self, name):
        """Return the record of this external id in the present context; an empty contact if there is none."""
        record = name and self.env.ref(f"{ADDON}.{name}", raise_if_not_found=False)
        return record.with_env(self.env) if record else self.env["res.partner"]

    def _name_records(self, named):
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{ADDON}.{name}", "record": record, "noupdate": True} for name, record in named]
        )
