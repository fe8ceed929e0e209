"""Fee grids of real networks, as published (figures only), in the terms of the calculation.

FESP: personal services federation. Micro-crèches, AFUP, Euskal Moneta, ACB, Jardins familiaux de
Poissy, ADAL, Yurplan, FFCAM Aube: as their public pages gave them.
"""

from decimal import Decimal as D

from coup_de_pousse_membership.calculation.fee.fee import Band, Grid, Rule, Scope

FRANCE, METROPOLE, OVERSEAS = "france", "metropole", "overseas"
IN_METROPOLE = frozenset({METROPOLE, FRANCE})
IN_OVERSEAS = frozenset({OVERSEAS, FRANCE})
TERRITORIES = {METROPOLE: IN_METROPOLE, OVERSEAS: IN_OVERSEAS}


def number(value):
    return None if value is None else D(value)


def scope(category, territory=None, tariff=None, years=(None, None)):
    return Scope(
        categories=frozenset({category}),
        territories=frozenset({territory} if territory else ()),
        tariffs=frozenset({tariff} if tariff else ()),
        year_from=years[0],
        year_to=years[1],
    )


def band(basis, lower=None, upper=None):
    return Band(basis, number(lower), number(upper))


FIRST_YEAR, LATER_YEARS = (1, 1), (2, None)


def _fesp_place(place, limit, later_rate):
    small, large = band("turnover", None, limit), band("turnover", limit, None)

    def rule(name, years, where, **kwargs):
        return Rule(
            f"{place} {name}",
            basis="turnover",
            bands=(where,),
            scope=scope("service", place, years=years),
            **kwargs,
        )

    rules = [
        rule("small 1", FIRST_YEAR, small, amount=D(280)),
        rule("small 2+", LATER_YEARS, small, amount=D(400)),
        rule("large 1", FIRST_YEAR, large, method="rate", price=D("0.0008")),
    ]
    if later_rate:
        rules.append(rule("large 2+", LATER_YEARS, large, method="rate", price=D(later_rate)))
    return rules


def _fesp_creche(name, years, rate):
    return Rule(name, method="rate", price=D(rate), basis="turnover", scope=scope("creche", years=years))


FESP = Grid(
    rules=(
        *_fesp_place(METROPOLE, 500000, "0.0011"),
        *_fesp_place(OVERSEAS, 1000000, None),
        _fesp_creche("creche 1", (1, 1), "0.0005"),
        _fesp_creche("creche 2", (2, 2), "0.0008"),
        _fesp_creche("creche 3+", (3, None), "0.0011"),
    ),
    cap=D(52000),
)

MICRO_CRECHES = Grid(
    rules=(
        Rule("1-4", amount=D(400), bands=(band("sites", 1, 5),)),
        Rule("5-9", amount=D(750), bands=(band("sites", 5, 10),)),
        Rule("10-14", amount=D(1500), bands=(band("sites", 10, 15),)),
        # 1,500 for the first fourteen, then 125 for each one more
        Rule(
            "15+",
            amount=D(1500),
            method="unit",
            basis="sites",
            price=D(125),
            threshold=D(14),
            bands=(band("sites", 15),),
        ),
    )
)

AFUP = Grid(rules=(Rule("3", method="step", basis="employees", price=D(100), step=D(3)),))

EUSKAL_COMPANY = Grid(
    months=1,
    rules=(
        Rule("young", amount=D(5), bands=(band("employees", 0, 1), band("age", None, 2))),
        Rule(
            "alone",
            method="free",
            amount=D(7),
            floor=D(7),
            cap=D(10),
            bands=(band("employees", 0, 1), band("age", 2)),
        ),
        Rule("1-5", method="free", amount=D(7), floor=D(7), cap=D(10), bands=(band("employees", 1, 6),)),
        Rule("6+", method="free", amount=D(12), floor=D(12), cap=D(20), bands=(band("employees", 6),)),
    ),
)

EUSKAL_INDIVIDUAL = Grid(
    rules=(
        Rule("low", amount=D(5), scope=Scope(tariffs=frozenset({"low_income"}))),
        Rule(
            "support",
            method="free",
            amount=D(20),
            floor=D(20),
            scope=Scope(tariffs=frozenset({"support"})),
        ),
        Rule("normal", amount=D(10)),
    )
)

ACB = Grid(
    rules=(
        Rule("student", amount=D(5), scope=Scope(tariffs=frozenset({"student"}))),
        Rule("professional", amount=D(10), scope=Scope(tariffs=frozenset({"professional"}))),
        Rule(
            "solidarity",
            method="free",
            amount=D(20),
            floor=D(20),
            scope=Scope(tariffs=frozenset({"solidarity"})),
        ),
    )
)

JARDIN_POISSY = Grid(rules=(Rule("garden", amount=D(24)),), prorata=True)
ADAL = Grid(rules=(Rule("adult", amount=D(86)),))
ADAL_SHARES = [D(49), D(37)]
FFCAM = Grid(rules=(Rule("adult", amount=D(90), entry_fee=D(4)),))
