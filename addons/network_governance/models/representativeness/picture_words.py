"""The words of a picture: what its dimensions, segments, marks and persons are called."""

from itertools import pairwise

from odoo.addons.coup_de_pousse_membership.calculation.register.figures import SIZE_BANDS

from ...calculation.representativeness import representativeness as rules


class PictureWords:
    """Names what stands in a picture, in the language of the user: four queries at most.

    :param env: the environment of the user, in the association of the picture.
    :param picture: a :class:`~.picture.Picture`.
    """

    def __init__(self, env, picture):
        self.env = env
        self.titles = self._get_titles()
        self.unknown = self.env._("Not known")
        self.labels = self._get_labels(
            {name: {segment.key for segment in segments} for name, segments in picture.dimensions.items()}
        )

    def describe(self, name, segments):
        """Return a dimension, each of its segments with what it is called."""
        return {
            "name": name,
            "label": self.titles[name],
            "segments": [{**vars(segment), "label": self.name(name, segment)} for segment in segments],
        }

    def name(self, dimension, segment):
        if segment.key == rules.OTHERS:
            return self.env._("Others")
        return self.labels[dimension].get(segment.key, self.unknown)

    def _get_titles(self):
        company = self.env.company
        sizes = dict(company._fields["governance_size"]._description_selection(self.env))
        return {
            "category": self.env._("Category"),
            "college": self.env._("College"),
            "region": self.env._("Region"),
            "department": self.env._("Department"),
            "size": sizes[company.governance_size],
            "age": self.env._("Age of the structure"),
            "sector": self.env._("Sector"),
        }

    def _get_labels(self, keys):
        """Return {dimension: {key: what it is called}}."""
        territories = get_names(self.env, "association.territory", keys["region"] | keys["department"])
        figure = self.env.company.governance_size
        unit = "€" if figure == "budget" else self.env._("FTE")
        return {
            "category": get_names(self.env, "association.category", keys["category"]),
            "college": get_names(self.env, "association.college", keys["college"]),
            "region": territories,
            "department": territories,
            "size": dict(enumerate(self._name_bands(SIZE_BANDS[figure], unit))),
            "age": dict(enumerate(self._name_bands(rules.AGE_BANDS, self.env._("years")))),
            "sector": get_names(self.env, "res.partner.industry", keys["sector"]),
        }

    def _name_bands(self, bounds, unit):
        texts = [f"{bound:,}".replace(",", "\N{NO-BREAK SPACE}") for bound in bounds]
        return [
            self.env._("Under %(bound)s %(unit)s", bound=texts[0], unit=unit),
            *(
                self.env._("From %(lower)s to under %(upper)s %(unit)s", lower=lower, upper=upper, unit=unit)
                for lower, upper in pairwise(texts)
            ),
            self.env._("%(bound)s %(unit)s and more", bound=texts[-1], unit=unit),
        ]


def get_names(env, model, ids):
    """Return {id: name} of some records, whoever may read them."""
    return {record.id: record.display_name for record in env[model].sudo().browse(sorted(ids - {None}))}


def get_marks(env):
    """Return {mark: what it is called}."""
    return {
        rules.ABSENT: env._("Absent"),
        rules.UNDER: env._("Under-represented"),
        rules.FAIR: env._("Fair"),
        rules.OVER: env._("Over-represented"),
    }


def get_genders(env):
    """Return {gender: what it is called}, in the order in which they are told."""
    return {
        "female": env._("Women"),
        "male": env._("Men"),
        "other": env._("Other"),
        None: env._("Not known"),
    }
