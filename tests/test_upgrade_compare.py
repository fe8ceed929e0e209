"""The comparison of a database before and after an upgrade finds what differs, and nothing else."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from launcher import cluster

COMPARE = Path(__file__).resolve().parent / "upgrade" / "compare.py"
BEFORE = """
    CREATE TABLE fee (id serial PRIMARY KEY, name jsonb, amount numeric NOT NULL, write_date timestamp);
    CREATE TABLE fee_tag (fee_id int REFERENCES fee, tag text);
    CREATE TABLE ir_model_data (id serial PRIMARY KEY, module text, name text, res_id int);
    CREATE TABLE ir_ui_view (id serial PRIMARY KEY, arch_db jsonb, arch_fs text, arch_prev text);
    CREATE TABLE ir_config_parameter (id serial PRIMARY KEY, key text, value text);
    CREATE INDEX fee_amount ON fee (amount);
    INSERT INTO fee (name, amount, write_date) VALUES ('{"en_US": "Fee", "fr_FR": "Cotisation"}', 12.5, '2026-01-01');
    INSERT INTO fee_tag VALUES (1, 'a'), (1, 'a'), (1, 'b');
    INSERT INTO ir_model_data (module, name, res_id) VALUES ('ours', 'fee', 1);
    INSERT INTO ir_ui_view (arch_db, arch_fs) VALUES ('{"en_US": "<p a=\\"x\\"><b/></p>"}', 'views/fee.xml');
    INSERT INTO ir_config_parameter (key, value) VALUES ('coup_de_pousse.addons', 'one'), ('web.base.url', 'http://x');
"""
#: What an upgrade rightly does.
HARMLESS = """
    UPDATE fee SET write_date = now();
    UPDATE ir_ui_view SET arch_fs = 'views/fee/fee.xml', arch_db = '{"en_US": "<p\\n a=\\"x\\">\\n  <b/>\\n</p>"}';
    UPDATE ir_config_parameter SET value = 'two' WHERE key = 'coup_de_pousse.addons';
    DELETE FROM fee_tag WHERE tag = 'b'; INSERT INTO fee_tag VALUES (1, 'b');
    SELECT nextval('fee_id_seq');
"""
#: {statement: what is said of it}
HARM = {
    "ALTER TABLE fee ADD note text": "column fee.note is new",
    "ALTER TABLE fee ALTER amount TYPE float": "column fee.amount was 'numeric null NO' and is 'float8 null NO'",
    "ALTER TABLE fee ALTER amount DROP NOT NULL": "column fee.amount was 'numeric null NO' and is 'numeric null YES'",
    "ALTER TABLE fee ADD CONSTRAINT positive CHECK (amount > 0)": "constraint fee.positive is new",
    "ALTER TABLE fee_tag DROP CONSTRAINT fee_tag_fee_id_fkey": "constraint fee_tag.fee_tag_fee_id_fkey is lost",
    "DROP INDEX fee_amount": "index fee.fee_amount is lost",
    "DROP TABLE fee_tag": "table fee_tag is lost",
    "COMMENT ON COLUMN fee.amount IS 'x'": "comment fee.amount is new",
    "UPDATE fee SET amount = 12.6": "amount was '12.5' and is '12.6'",
    """UPDATE fee SET name = '{"en_US": "Fee", "fr_FR": "Frais"}'""": "row 1: name was",
    "INSERT INTO fee (amount) VALUES (1)": "row 3 is new",
    "DELETE FROM ir_model_data": "row 1 is lost",
    "UPDATE ir_model_data SET name = 'fees'": "name was 'fee' and is 'fees'",
    "UPDATE fee_tag SET tag = 'c' WHERE tag = 'b'": "'(1,c)' is new (1 times)",
    "INSERT INTO fee_tag VALUES (1, 'a')": "'(1,a)' is new (1 times)",
    """UPDATE ir_ui_view SET arch_db = '{"en_US": "<p a=\\"y\\"><b/></p>"}'""": "row 1: arch_db was",
    "UPDATE ir_config_parameter SET value = 'x' WHERE key = 'web.base.url'": "value was 'http://x' and is 'x'",
}


class TestUpgradeCompare(unittest.TestCase):
    """Small databases stand in for Odoo's."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        Path(folder.name).chmod(0o755)
        state = mock.patch.object(cluster, "STATE", Path(folder.name))
        state.start()
        cls.addClassCleanup(state.stop)
        own = cluster.Cluster("compare", careless=True)
        cls.server = own.start()
        cls.addClassCleanup(own.stop)
        cls.server.query("CREATE DATABASE before")
        cls.server.query(BEFORE, "before")

    def copy(self, name, statements):
        """Make a copy of the database in which something was done."""
        self.server.query(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.server.query(f"CREATE DATABASE {name} TEMPLATE before")
        self.server.query(statements, name)

    def compare(self, *names):
        """Return ``(exit status, what was printed)``."""
        done = subprocess.run(
            [sys.executable, COMPARE, *(f"dbname={name}" for name in names)],
            env=self.server.environment() | {"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def test_what_an_upgrade_rightly_touches_is_no_difference(self):
        self.copy("after", HARMLESS)
        status, said = self.compare("before", "after")
        self.assertEqual((status, said), (0, "5 tables with 8 rows compared: 0 differences.\n"))

    def test_each_kind_of_difference_is_found(self):
        for statement, sentence in HARM.items():
            with self.subTest(statement):
                self.copy("after", HARMLESS + statement)
                status, said = self.compare("before", "after")
                self.assertEqual(status, 1, said)
                self.assertIn(sentence, said)

    def test_what_any_upgrade_changes_is_left_out(self):
        self.copy("control", "UPDATE fee SET amount = 13")
        self.copy("after", "UPDATE fee SET amount = 13; UPDATE ir_model_data SET res_id = 2")
        status, said = self.compare("before", "after", "control")
        self.assertEqual(status, 1)
        self.assertIn("res_id was '1' and is '2'", said)
        self.assertNotIn("amount", said)
        self.assertIn("1 differences (1 more that any upgrade makes)", said)
