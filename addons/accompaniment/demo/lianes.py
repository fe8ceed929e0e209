"""The Lianes mission, April to June 2017, as values. What its text does not tell is made up."""

PHASES = [
    ("Pré-diagnostic", 3, "2017-04-03", "2017-04-26"),
    ("Ateliers", 5, "2017-04-27", "2017-06-15"),
    ("Stratégie", 2, "2017-06-01", "2017-06-22"),
    ("Restitution", 1.5, "2017-06-23", "2017-06-30"),
    ("Suivi", 0.5, None, None),
]
STAKES = [
    (
        "Gouvernance : participation et représentation",
        "Une gouvernance « représentative » : environ 10 % des structures du réseau siègent dans les instances.",
        "Les instances ont pris la mesure des changements à conduire.",
    ),
    (
        "Positionnement par rapport au réseau",
        "Une logique fédérative, hors de toute concurrence avec les membres.",
        "Domaines d'activité stratégiques et activités redéfinis.",
    ),
    (
        "Modèle économique",
        "Dans un second temps, en lien avec le positionnement.",
        "Préconisations sur la diversité des ressources.",
    ),
]
#: (name, rank of the stake, evidence, rank of the workshop)
FINDINGS = [
    ("Peu de structures prennent part aux décisions", 0, "15 structures sur 150 siègent", 0),
    ("Le rôle du réseau face à ses membres n'est pas clair", 1, "37 répondants sur 60", 1),
    ("Les quatre missions se recoupent", 1, "Entretiens et questionnaire", 2),
    ("Les ressources reposent sur quelques financeurs", 2, "Comptes des trois derniers exercices", 3),
]
#: (name, day, first hour in UTC, hours, phase)
WORKSHOPS = [
    ("Gouvernance : qui décide quoi", "2017-04-27 07:30:00", 6),
    ("Positionnement et logique fédérative", "2017-05-11 07:30:00", 6),
    ("Domaines d'activité stratégiques", "2017-06-01 07:30:00", 6),
    ("Modèle économique et plan d'action", "2017-06-15 07:30:00", 6),
]
#: (name, rank of the body above it, what it does, who sits), today and as the mission proposes it.
BODIES = {
    "before": [
        ("Assemblée générale", None, ["decides"], "150 structures"),
        ("Conseil d'administration", 0, ["decides", "plans"], "15 structures sur 150"),
        ("Bureau", 1, ["decides"], "5 personnes"),
        ("Équipe salariée", 1, ["plans", "implements"], "8 personnes"),
    ],
    "after": [
        ("Assemblée générale", None, ["decides"], "150 structures, en collèges"),
        ("Conseil d'administration", 0, ["plans"], "24 structures, dont 4 par territoire"),
        ("Rencontres de territoire", 1, ["facilitates"], "Toutes les structures d'un département"),
        ("Équipe salariée", 1, ["implements"], "8 personnes, en trois domaines"),
    ],
}
DOMAINS_BEFORE = ["Information", "Observatoire", "Accompagnement", "Animation territoriale et mise en réseau"]
#: (name, ranks of the domains that it comes from)
DOMAINS_AFTER = [
    ("Ressources et observatoire", [0, 1]),
    ("Accompagnement et formation", [2]),
    ("Animation et plaidoyer", [3]),
]
#: (name, plan, workshop, deadline, done on, evidence)
ACTIONS = [
    (
        "Ouvrir les instances à des collèges de membres",
        0,
        0,
        "2018-03-31",
        "2018-03-24",
        "Statuts adoptés en assemblée",
    ),
    ("Écrire une charte des services rendus aux membres", 1, 1, "2017-12-31", "2018-02-15", "Charte publiée"),
    ("Réunir les équipes autour des trois domaines", 1, 2, "2017-09-30", "2017-09-12", "Nouvel organigramme"),
    ("Chercher deux financeurs nouveaux", 2, 3, "2018-06-30", None, None),
]
PLANS = ["Gouvernance", "Positionnement", "Modèle économique"]
#: (horizon, effect, rank of the action, answer at 12 months, evidence)
EFFECTS = [
    ("short", "Réorganisation interne amorcée durant la mission", 2, "seen", "Organigramme de septembre 2017"),
    ("medium", "Équipe de pilotage recentrée", 2, "seen", "Deux départs, un cadre devenu directeur"),
    ("medium", "Refonte du projet associatif", 1, "seen", "Projet voté, appuyé sur la feuille de route"),
    ("medium", "Dispositif d'animation publique régulier", 0, "partly", "Trois rendez-vous publics tenus en un an"),
    ("long", "Des ressources plus diverses", 3, "not_yet", None),
]
ANSWERS = {
    "Savez-vous qui décide quoi dans le réseau ?": [("Oui, clairement", 11), ("Plus ou moins", 22), ("Non", 27)],
    "Le réseau est-il en concurrence avec ses membres ?": [("Jamais", 23), ("Parfois", 28), ("Souvent", 9)],
    "Sur quoi travailler en premier ?": [
        ("La gouvernance", 38),
        ("Le positionnement", 34),
        ("Le modèle économique", 21),
        ("Les services aux membres", 18),
    ],
}
COFUNDING = {"Fonds DASESS": 6720, "Région": 1920, "Lianes coopération": 960}
#: (day, days, rank of the phase)
DAYS = [
    ("2017-04-05", 1, 0), ("2017-04-12", 1, 0), ("2017-04-24", 1, 0),
    ("2017-04-27", 1.5, 1), ("2017-05-11", 1.5, 1), ("2017-06-01", 1, 1), ("2017-06-15", 1, 1),
    ("2017-06-07", 1, 2), ("2017-06-20", 1, 2), ("2017-06-27", 0.5, 3), ("2017-06-29", 1, 3),
]  # fmt: skip
CONTEXT = (
    "<p>Réseau multi-acteurs de la solidarité internationale, existant depuis plus de quinze ans, à quatre "
    "missions : information, observatoire, accompagnement, animation territoriale.</p>"
    "<p>La mission vise un projet d'intervention adapté, cohérent et efficace.</p>"
)
LESSONS = (
    "<p>Le questionnaire a donné la parole à ceux qui ne siègent pas : sans lui, les ateliers auraient répondu "
    "aux seuls présents. Le modèle économique, traité en dernier, aurait demandé une journée de plus.</p>"
)
