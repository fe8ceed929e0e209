"""What each role may do with each model, compared with the table that stands beside the tests.

The table says for each model of an addon, and for each role, which of "crwd" (create, read, write, delete) it may do;
a change of rights that nobody meant shows as a line that differs.
"""

from pathlib import Path

OPERATIONS = {"create": "c", "read": "r", "write": "w", "unlink": "d"}


class AccessMatrixCase:
    """For a test case with one user for each role."""

    def read_matrix(self, addon, users):
        """Return the lines of the table as the rights are."""
        models = self.env["ir.model"].sudo().search([("transient", "=", False)])
        lines = []
        for model in models.sorted("model"):
            env_model = self.env.get(model.model)
            if env_model is None or env_model._abstract or env_model._original_module != addon:
                continue
            rights = [
                f"{role} "
                + "".join(
                    letter if env_model.with_user(user).has_access(operation) else "-"
                    for operation, letter in OPERATIONS.items()
                )
                for role, user in users.items()
            ]
            lines.append(f"{model.model}: {', '.join(rights)}")
        return lines

    def check_matrix(self, addon, users, path):
        """Compare the rights with a table.

        :param path: of a test beside whose folder ``data`` the table stands.
        """
        table = Path(path).parent / "data" / "access_matrix.txt"
        expected = [line for line in table.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
        self.maxDiff = None
        self.assertEqual(self.read_matrix(addon, users), expected)
