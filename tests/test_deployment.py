"""docker-compose.yml and config/odoo.conf: what can be checked without an engine."""

import configparser
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import yaml

CHECKOUT = Path(__file__).resolve().parent.parent
CONF = CHECKOUT / "config" / "odoo.conf"

# Asks Odoo's own parser: which options it knows, and what it warns of when it reads the file.
ASK_ODOO = """
import json, sys, logging
from odoo.tools import config
config.parse_config(["-c", sys.argv[1]])
names = {option.dest for option in config.options_index.values() if option.file_loadable}
print(json.dumps({"known": sorted(names), "read": {k: config[k] for k in sys.argv[2:]}}, default=str))
"""


class TestCompose(unittest.TestCase):
    def setUp(self):
        self.compose = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))

    def test_services(self):
        self.assertEqual(set(self.compose["services"]), {"odoo", "postgres"})
        self.assertEqual(self.compose["services"]["odoo"]["image"], "odoo:19.0")

    def test_every_mounted_path_exists(self):
        named = set(self.compose["volumes"])
        for service in self.compose["services"].values():
            for volume in service.get("volumes", ()):
                source = volume.split(":")[0]
                if source.startswith("."):
                    self.assertTrue((CHECKOUT / source).exists(), f"{source} is mounted and does not exist")
                else:
                    self.assertIn(source, named)

    def test_addons_are_mounted_where_the_configuration_looks(self):
        mounts = dict(volume.split(":")[:2] for volume in self.compose["services"]["odoo"]["volumes"])
        self.assertEqual(mounts["./addons"], read_conf()["addons_path"])
        self.assertEqual(mounts["./config/odoo.conf"], "/etc/odoo/odoo.conf")
        self.assertEqual(mounts["odoo-data"], read_conf()["data_dir"])

    def test_no_secret_is_written_down(self):
        secrets = self.compose["secrets"]
        for service in self.compose["services"].values():
            for name, value in service["environment"].items():
                if "PASSWORD" in name:
                    self.assertEqual(value, "/run/secrets/database_password")
            self.assertLessEqual(set(service["secrets"]), set(secrets))
        for secret in secrets.values():
            ignored = subprocess.run(["git", "check-ignore", "-q", secret["file"]], cwd=CHECKOUT, check=False)
            self.assertEqual(ignored.returncode, 0, f"{secret['file']} could be committed")
        self.assertFalse({"admin_passwd", "db_password", "smtp_password"} & set(read_conf()))

    def test_letters_are_sorted_in_french(self):
        arguments = self.compose["services"]["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
        self.assertEqual(arguments, ["--locale-provider=icu", "--icu-locale=fr-FR"])

    def test_odoo_listens_on_this_machine_only(self):
        for port in self.compose["services"]["odoo"]["ports"]:
            self.assertTrue(port.startswith("127.0.0.1:"), port)
        self.assertNotIn("ports", self.compose["services"]["postgres"])


class TestConf(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # As in the image: the folders named do not exist here, so a copy names ones that do.
        cls.options = read_conf()
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        text = CONF.read_text(encoding="utf-8")
        text = text.replace("/mnt/extra-addons", str(CHECKOUT / "addons")).replace("/var/lib/odoo", cls.folder.name)
        copy = Path(cls.folder.name) / "odoo.conf"
        copy.write_text(text, encoding="utf-8")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "ODOO"))}
        done = subprocess.run(
            [sys.executable, "-c", ASK_ODOO, str(copy), *cls.options],
            capture_output=True, text=True, check=False, env=environment,
        )  # fmt: skip
        cls.complaints = done.stderr
        assert done.returncode == 0, done.stderr
        cls.answer = json.loads(done.stdout.strip().splitlines()[-1])

    def test_odoo_knows_every_option(self):
        unknown = set(self.options) - set(self.answer["known"])
        self.assertFalse(unknown, f"Odoo does not know {unknown}")

    def test_odoo_reads_the_file_without_a_word(self):
        self.assertNotIn("WARNING", self.complaints)
        self.assertNotIn("rror", self.complaints)

    def test_values_are_understood(self):
        read = self.answer["read"]
        self.assertEqual(read["workers"], 4)
        self.assertIs(read["list_db"], False)
        self.assertIs(read["proxy_mode"], True)
        self.assertIs(read["unaccent"], True)
        self.assertEqual(read["db_name"], ["coup_de_pousse"])
        self.assertLess(read["limit_memory_soft"], read["limit_memory_hard"])


def read_conf():
    """Return the options of config/odoo.conf as written."""
    parser = configparser.RawConfigParser()
    parser.read(CONF, encoding="utf-8")
    return dict(parser["options"])
