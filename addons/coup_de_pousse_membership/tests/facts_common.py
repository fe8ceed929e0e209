"""What the tests of the three addons share on the fields that only methods write."""

import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase

#: Fields that look as if they stated what happened.
SUSPICIOUS = re.compile(
    r"(^|_)(state|status|token)$|_(on|by|by_id)$|(^|_)(move|statement_line|deposit|survey|event|lead|call)_id$"
)


class FactsCase(TransactionCase):
    """To be inherited with ``ADDON``, and the two tables of ``facts.py``: ``FACTS`` and ``TYPED``."""

    maxDiff = None
    ADDON = None
    FACTS: dict = {}
    TYPED: dict = {}
    #: (model, fact) that a form gives to new records, and that is left out instead of being refused.
    LEFT_OUT: set = set()

    def models(self):
        """Yield the models that keep something in the database."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            if not model._abstract and not model._transient:
                yield model

    def own_fields(self, model):
        """Return the stored fields that this addon alone defines."""
        return {
            name: field for name, field in model._fields.items() if field.store and set(field._modules) == {self.ADDON}
        }

    def find_facts(self):
        found = {}
        for model in self.models():
            own = self.own_fields(model)
            names = sorted(name for name in model._get_fact_fields() if name in own)
            if names:
                found[model._name] = names
        return found

    def check_table(self):
        """Each fact is in the table of the repository, and nothing else."""
        found = self.find_facts()
        listed = {model: sorted(names.split()) for model, names in self.FACTS.items()}
        self.assertEqual(found, listed)

    def check_nothing_suspicious(self):
        """A field that looks like a fact is one, or is on the list of what people type."""
        suspicious = {}
        for model in self.models():
            facts = model._get_fact_fields()
            names = [name for name in self.own_fields(model) if SUSPICIOUS.search(name) and name not in facts]
            if names:
                suspicious[model._name] = sorted(names)
        self.assertEqual(suspicious, {model: sorted(names.split()) for model, names in self.TYPED.items()})

    def check_refused(self, users):
        """Nobody writes a fact from outside, nor creates a record with one."""
        for model_name, names in self.find_facts().items():
            for user in users:
                model = self.env[model_name].with_user(user)
                own = model._original_module == self.ADDON
                # Where the model is another addon's, it may do nothing with no record, or want more of a new one.
                records = model if own else model.sudo().search([], limit=1).with_env(model.env)
                for name in names:
                    with self.subTest(model=model_name, field=name, user=user.login):
                        with self.assertRaises(UserError):
                            records.write({name: 1 if records and records._fields[name].relational else False})
                        if own and (model_name, name) not in self.LEFT_OUT:
                            with self.assertRaises(UserError), self.env.cr.savepoint():
                                model.create([{name: False}])

    def assert_fact(self, function):
        """Check that something is refused since it states a fact."""
        with self.assertRaisesRegex(AccessError, "since it follows from what was done"), self.env.cr.savepoint():
            function()
        self.env.invalidate_all()
