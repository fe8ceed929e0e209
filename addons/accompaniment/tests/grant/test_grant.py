"""Published grants: a real file found back on the organisations, doubts asked, bad lines told, nothing doubled."""

import base64
import csv
import io
import logging
import time
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from stdnum import luhn

from ..common import AccompanimentCommon

_logger = logging.getLogger(__name__)

HEADER = (
    "Nom de l'attribuant;Identification de l'attribuant;Date de la convention de subvention;Nom du bénéficiaire;"
    "Identification du bénéficiaire;Objet de la subvention;Montant total de la subvention;Nature de la subvention"
)


def make_siren(rank):
    """Return a SIREN that nobody has, with its check digit."""
    digits = f"998{rank:05d}"
    return digits + luhn.calc_check_digit(digits)


@tagged("post_install", "-at_install")
class TestGrant(AccompanimentCommon):
    def read_file(self, content, user="adviser", filename="grants.csv"):
        model = self.env["funding.grant.import"].with_user(self.users[user])
        record = model.create({"file": base64.b64encode(content), "filename": filename})
        record.action_read()
        return record

    def organisation(self, name, **values):
        return self.env["res.partner"].create({"name": name, "is_company": True, **values})

    def test_found_by_number_and_name_asked_where_in_doubt(self):
        sure = self.organisation("Les Jardins", company_registry="732829320", country_id=self.env.ref("base.fr").id)
        rna = self.organisation("Chorale", rna="W442001234")
        named = self.organisation("Théâtre du Port")
        record = self.read_file(
            "nomAttribuant;dateConvention;nomBeneficiaire;idBeneficiaire;rnaBeneficiaire;objet;montant\n"
            "Ville;2024-03-05;Les jardins;73282932000074;;Serre;1500,50\n"
            "Ville;2024;Chorale;;W442001234;;200\n"
            "Ville;2024;Théatre du port;;;;300\n"
            "Ville;2024;Autre nom;732829320;;;400\n"
            "Ville;2024;Inconnue;;;;500\n".encode("cp1252")
        )
        found = {grant.beneficiary: grant for grant in record.grant_ids}
        self.assertEqual(
            {name: (grant.state, grant.partner_id or grant.proposed_partner_id) for name, grant in found.items()},
            {
                "Les jardins": ("found", sure),
                "Chorale": ("found", rna),
                "Théatre du port": ("decide", named),
                "Autre nom": ("decide", sure),
                "Inconnue": ("unknown", self.env["res.partner"]),
            },
        )
        self.assertEqual((found["Les jardins"].amount, str(found["Les jardins"].date)), (1500.5, "2024-03-05"))
        self.assertEqual((found["Chorale"].date, found["Chorale"].year), (False, 2024))
        self.assertEqual(found["Autre nom"].reason, "number")
        found["Théatre du port"].with_user(self.users["adviser"]).action_accept()
        self.assertEqual(found["Théatre du port"].partner_id, named)
        found["Autre nom"].with_user(self.users["adviser"]).action_refuse()
        self.assertEqual((found["Autre nom"].state, found["Autre nom"].partner_id.ids), ("refused", []))
        self.assertEqual(sure.name, "Les Jardins", "nothing of the contacts is changed")

    def test_the_same_file_twice_doubles_nothing(self):
        content = b"nomBeneficiaire;montant;annee\nA;10;2020\nA;10;2020\nB;20;2020\n"
        first = self.read_file(content)
        self.assertEqual(len(first.grant_ids), 3, "two grants alike are two")
        second = self.read_file(content)
        self.assertFalse(second.grant_ids)
        self.assertIn("3 lines are known", second.notice)
        first.action_read()
        self.assertEqual(len(first.grant_ids), 3)

    def test_lines_that_cannot_be_read_are_told(self):
        record = self.read_file(
            "Bénéficiaire;Montant voté;Exercice\nA;100 000,00;2020\n;5;2020\nB;rien;2020\nC;-4;2020\nD;7\n".encode()
        )
        self.assertEqual(record.grant_ids.mapped("beneficiary"), ["A", "D"])
        self.assertEqual(record.grant_ids[0].amount, 100000)
        for told in ("Line 3: no beneficiary", "Line 4: “rien”", "Line 5:"):
            self.assertIn(told, record.notice)

    def test_what_is_no_file_of_grants(self):
        for content, sentence in (
            (b"nomBeneficiaire;objet\nA;x\n", "No column says the amount"),
            (b"%PDF-1.7", "PDF"),
            (b"", "empty"),
        ):
            with self.subTest(sentence=sentence), self.assertRaisesRegex(UserError, sentence), self.env.cr.savepoint():
                self.read_file(content or b" ")

    def test_a_department_s_file_is_found_back(self):
        """1,402 grants on the organisations of the same file; 14 without a SIREN, and 2 SIRENs that are shared."""
        for name, content in self.get_files():
            with self.subTest(file=name), self.env.cr.savepoint() as kept:
                self.check_found_back(content)
                kept.rollback()

    def get_files(self):
        """Yield a made-up file, and the real one that it is like where it is at hand."""
        yield "made up", self.make_file()
        path = Path(__file__).parents[5] / "shared" / "data" / "loire_atlantique_2018.csv"
        if path.exists():
            yield path.name, path.read_bytes()
        else:
            _logger.info("The real file of grants is not at hand: the made-up one alone is read.")

    def make_file(self):
        rows = [HEADER]
        for rank in range(1402):
            number = "" if rank % 101 == 7 else make_siren(rank)
            if rank in (500, 501):
                number = make_siren(499 + 3 * (rank - 500))
            name = f"Association {'abcdefghijklmnopqrstuvwxyz'[rank % 26]}{rank * 7919 % 100003} des {rank} rives"
            rows.append(f"Département d'exemple;99900001100018;2018;{name};{number};;{rank}.0;aide en numéraire")
        return "\n".join(rows).encode("utf-8-sig")

    def check_found_back(self, content):
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        self.assertEqual(len(rows), 1402)
        france = self.env.ref("base.fr").id
        known = {(row["Nom du bénéficiaire"], row["Identification du bénéficiaire"]) for row in rows}
        self.env["res.partner"].with_context(tracking_disable=True).create(
            [
                {"name": name, "company_registry": number, "is_company": True, "country_id": france}
                for name, number in sorted(known)
            ]
        )
        started = time.monotonic()
        record = self.read_file(content)
        self.assertLess(time.monotonic() - started, 20)
        states = dict(self.env["funding.grant"]._read_group([("import_id", "=", record.id)], ["state"], ["__count"]))
        self.assertEqual((sum(states.values()), states.get("unknown", 0)), (1402, 0))
        asked = record.grant_ids.filtered(lambda grant: grant.state == "decide")
        without = asked.filtered(lambda grant: not grant.registry)
        self.assertEqual(len(without), 14)
        self.assertEqual((asked - without).mapped("reason"), ["shared"] * len(asked - without))
        self.assertEqual(len({grant.registry[:9] for grant in asked - without}), 2)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_who_imports(self):
        self.read_file(b"nomBeneficiaire;montant\nA;10\n", user="coordinator")
        for role in ("director", "outsider"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.read_file(b"nomBeneficiaire;montant\nA;10\n", user=role)
