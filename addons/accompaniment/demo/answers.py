"""What members answered, and what became of a mission six months later: made up, for the demo."""

#: Rank of the choice of each respondent, question by question: as many as respond.
CHOICES = (0, 2, 1, 0, 2, 3, 1, 0, 2, 2, 4, 1, 0, 3)
WORDS = (
    "Dire qui décide quoi, simplement.",
    "Prêter les machines d'un lieu à l'autre sans dix courriels.",
    "Un calendrier commun des formations.",
    "Que les petits lieux aient une voix.",
)
#: (phase, days ago it ended, days planned)
PHASES = (("Diagnostic partagé", 1.5), ("Ateliers", 2), ("Restitution", 0.5))
#: (horizon, effect, what the beneficiary answers, evidence)
EFFECTS = (
    ("short", "Un budget suivi chaque trimestre", "seen", "Deux tableaux de bord présentés au bureau"),
    ("medium", "Des ventes qui couvrent le loyer", "partly", "Quatre mois sur six"),
    ("long", "Un deuxième emploi durable", "not_yet", ""),
)
ACTIONS = (
    "Tenir un tableau de bord par trimestre",
    "Ouvrir la boutique deux après-midi de plus",
    "Écrire la fiche de poste et chercher l'aide à l'emploi",
)
CONTEXT = "<p>Les ventes baissent depuis deux ans, et le loyer monte. Un emploi sur deux est menacé.</p>"
LESSONS = (
    "<p>Le bureau n'avait jamais vu les chiffres par activité : il aurait fallu commencer par là. Une journée "
    "a été perdue à chercher des factures.</p>"
)
