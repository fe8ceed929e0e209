"""Records of one association do not name those of another: tried for every field of an addon."""

import logging
from datetime import date

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import MembershipCommon

_logger = logging.getLogger(__name__)

#: Shared by the associations of a database: Odoo itself says who sees which of them.
SHARED = ("res.company", "res.partner", "res.users", "ir.attachment")
#: What is made of a model that is not made of what it requires.
MADE_OF = {
    "product.product": {"name": "Wall"},
    "account.move": {"move_type": "entry"},
    "crm.lead": {"name": "Wall"},
}


def belongs_to_company(model):
    return "company_id" in model._fields and model._name not in SHARED


def is_dialog(model):
    """Return whether the rights of its user decide what a dialog may name."""
    return isinstance(model, model.env.registry["association.dialog"])


def links_between_companies(env, addon):
    """Yield (model, field) for what an addon stores that leads from a record of a company to another one."""
    for model in env.values():
        if model._abstract or not model._auto or not belongs_to_company(model) or is_dialog(model):
            continue
        for field in model._fields.values():
            stored = field.store and field.type in ("many2one", "many2many") and not field.related
            if stored and field._module == addon and belongs_to_company(env[field.comodel_name]):
                yield model, field


class CompanyWallsCase(MembershipCommon):
    """Two associations, and a record of each model in both, as far as one can be made without knowing it."""

    addon = "coup_de_pousse_membership"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(name="The other association")["company"]
        cls.env.user.company_ids |= cls.other
        cls.env = cls.env(
            context={
                **cls.env.context,
                "allowed_company_ids": (cls.company | cls.other).ids,
                "tracking_disable": True,
            }
        )

    def setUp(self):
        super().setUp()
        self.made = {}
        self.untried = []

    def note(self, field, reason):
        """Keep why a field cannot be tried."""
        _logger.info("%s is not tried: %s", field, reason)
        self.untried.append(f"{field}: {reason}")

    def get(self, name, company):
        """Return a record of a model that belongs to an association, made once; or the reason why there is none."""
        key = (name, company)
        if key not in self.made:
            known = set(self.made)
            self.made[key] = "needs itself"
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    self.made[key] = self.make(name, company)
            except Exception as error:  # whatever keeps it from being made is the reason
                for other in self.made.keys() - known:  # what was made for it is undone with it
                    del self.made[other]
                self.made[key] = f"{type(error).__name__}: {error}".splitlines()[0]
                self.env.invalidate_all()
        return self.made[key]

    def make(self, name, company):
        model = self.env[name].sudo().with_company(company).with_context(active_test=False)
        found = model.search([("company_id", "=", company.id)], limit=1) if model._fields["company_id"].store else None
        if found:
            return found
        record = model.create(self.prepare(model, company))
        self.env.flush_all()
        if record.company_id != company:
            raise ValueError(f"belongs to {record.company_id.name or 'nobody'}")
        return record

    def prepare(self, model, company):
        """Return values for what a model requires."""
        if model._name in MADE_OF:
            return {**MADE_OF[model._name], "company_id": company.id}
        defaults = model.default_get(list(model._fields))
        vals = {}
        for name, field in model._fields.items():
            if name == "company_id" and not field.related:
                vals[name] = company.id
            elif field.required and field.store and not field.compute and (not defaults.get(name) or field.relational):
                vals[name] = self.prepare_value(field, company)
        return {name: value for name, value in vals.items() if value is not None}

    def prepare_value(self, field, company):
        if field.type == "many2one":
            comodel = self.env[field.comodel_name].sudo()
            if comodel._name == "res.users":
                return self.env.uid
            if not belongs_to_company(comodel):
                shared = [("company_id", "=", False)] if "company_id" in comodel._fields else []
                return comodel.search(shared, limit=1).id
            record = self.get(field.comodel_name, company)
            if isinstance(record, str):
                raise ValueError(f"{field.comodel_name}: {record}")
            return record.id
        if field.type == "selection":
            return field.get_values(self.env)[0]
        plain = {"char": "Wall", "text": "Wall", "date": date(2026, 2, 3), "datetime": "2026-02-03 09:00:00"}
        return plain.get(field.type, 1 if field.type in ("integer", "float", "monetary") else None)

    def check_declared(self):
        """Check that each of these fields asks Odoo to compare the companies, and that its model has it done."""
        self.assertFalse(
            [
                f"{field}"
                for model, field in links_between_companies(self.env, self.addon)
                if not (field.check_company and model._check_company_auto)
            ]
        )

    def check_refused(self, least):
        """Check that setting a record of the other association is refused with a sentence, wherever it can be tried.

        :param least: number of fields that are tried at least.
        """
        tried, accepted = [], []
        for model, field in links_between_companies(self.env, self.addon):
            record, foreign = self.get(model._name, self.company), self.get(field.comodel_name, self.other)
            if isinstance(record, str) or isinstance(foreign, str):
                self.note(field, record if isinstance(record, str) else foreign)
                continue
            tried.append(str(field))
            value = foreign.id if field.type == "many2one" else [fields.Command.link(foreign.id)]
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    record.write({field.name: value})
                    self.env.flush_all()
                    accepted.append(str(field))
            except (UserError, AccessError) as error:
                self.assertTrue(str(error))
            except IntegrityError as error:
                _logger.info("%s is refused by the database: %s", field, str(error).splitlines()[0])
            self.env.invalidate_all()
        _logger.info("%s fields tried", len(tried))
        self.assertFalse(accepted)
        self.assertGreaterEqual(len(tried), least, "\n".join(self.untried))

    def check_dialogs(self, groups):
        """Check that a dialog names no record of an association that its user does not work for.

        :param groups: of the user who has every dialog of the addon.
        """
        user = new_test_user(
            self.env,
            login="test_walls",
            groups=groups,
            company_id=self.company.id,
            company_ids=[fields.Command.set(self.company.ids)],
        )
        accepted = []
        for model in self.env.values():
            if model._abstract or not is_dialog(model) or model._original_module != self.addon:
                continue
            for field in model._fields.values():
                if not field.store or field.related or field.type not in ("many2one", "many2many"):
                    continue
                comodel = self.env[field.comodel_name]
                if not belongs_to_company(comodel) or comodel._transient:
                    continue
                foreign = self.get(field.comodel_name, self.other)
                if isinstance(foreign, str):
                    self.note(field, foreign)
                    continue
                value = foreign.id if field.type == "many2one" else [fields.Command.link(foreign.id)]
                own = model.with_user(user).with_context(allowed_company_ids=self.company.ids)
                try:
                    with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                        own.create({**self.prepare(model.with_company(self.company), self.company), field.name: value})
                        accepted.append(str(field))
                except AccessError as error:
                    self.assertTrue(str(error))
                except (UserError, ValueError, IntegrityError) as error:
                    self.note(field, str(error).splitlines()[0])
                self.env.invalidate_all()
        self.assertFalse(accepted)

    def check_company_follows(self):
        """Check that the association of a part is that of its whole, whatever is written."""
        moved = []
        for model in self.env.values():
            field = model._fields.get("company_id")
            if model._abstract or not model._auto or not field or field._module != self.addon:
                continue
            if not (field.store and field.related):
                continue
            record = self.get(model._name, self.company)
            if isinstance(record, str):
                self.note(field, record)
                continue
            try:
                with self.env.cr.savepoint():
                    record.write({"company_id": self.other.id})
                    self.env.flush_all()
                    moved.append(str(field))
            except (UserError, AccessError) as error:
                self.assertTrue(str(error))
            self.env.invalidate_all()
        self.assertFalse(moved)
