"""In which department the larger French towns lie, so that a repaired postcode does not contradict its town.

The prefectures and the towns above some 40,000 inhabitants; what is not here says nothing. A name that several
departments have (Saint-Denis) has all of them.
"""

from functools import cache

from ..register.postcodes import department_code
from ..table.headers import fold

_TOWNS = """
01 Bourg-en-Bresse, Oyonnax | 02 Laon, Saint-Quentin, Soissons | 03 Moulins, Montluçon, Vichy
04 Digne-les-Bains, Manosque | 05 Gap, Briançon | 06 Nice, Cannes, Antibes, Grasse, Cagnes-sur-Mer, Menton
07 Privas, Annonay, Aubenas | 08 Charleville-Mézières, Sedan | 09 Foix, Pamiers | 10 Troyes | 11 Carcassonne, Narbonne
12 Rodez, Millau | 13 Marseille, Aix-en-Provence, Arles, Martigues, Aubagne, Istres, Salon-de-Provence
14 Caen, Lisieux, Hérouville-Saint-Clair | 15 Aurillac | 16 Angoulême, Cognac | 17 La Rochelle, Saintes, Rochefort, Royan
18 Bourges, Vierzon | 19 Tulle, Brive-la-Gaillarde | 2A Ajaccio | 2B Bastia | 21 Dijon, Beaune
22 Saint-Brieuc, Lannion | 23 Guéret | 24 Périgueux, Bergerac | 25 Besançon, Montbéliard, Pontarlier
26 Valence, Montélimar, Romans-sur-Isère | 27 Évreux, Vernon | 28 Chartres, Dreux
29 Quimper, Brest, Morlaix, Concarneau | 30 Nîmes, Alès | 31 Toulouse, Colomiers, Muret, Tournefeuille | 32 Auch
33 Bordeaux, Mérignac, Pessac, Talence, Libourne, Arcachon | 34 Montpellier, Béziers, Sète, Lunel
35 Rennes, Saint-Malo, Fougères, Vitré, Redon | 36 Châteauroux | 37 Tours, Joué-lès-Tours
38 Grenoble, Vienne, Bourgoin-Jallieu, Échirolles, Saint-Martin-d'Hères | 39 Lons-le-Saunier, Dole
40 Mont-de-Marsan, Dax | 41 Blois, Vendôme | 42 Saint-Étienne, Roanne, Saint-Chamond | 43 Le Puy-en-Velay
44 Nantes, Saint-Nazaire, Saint-Herblain, Rezé, Orvault, Châteaubriant, Ancenis, Pornic
45 Orléans, Montargis, Olivet, Gien | 46 Cahors, Figeac | 47 Agen, Marmande, Villeneuve-sur-Lot | 48 Mende
49 Angers, Cholet, Saumur | 50 Saint-Lô, Cherbourg-en-Cotentin, Cherbourg, Avranches, Granville
51 Châlons-en-Champagne, Reims, Épernay | 52 Chaumont, Saint-Dizier | 53 Laval, Mayenne
54 Nancy, Vandœuvre-lès-Nancy, Lunéville | 55 Bar-le-Duc, Verdun | 56 Vannes, Lorient, Lanester, Pontivy
57 Metz, Thionville, Forbach, Sarreguemines | 58 Nevers
59 Lille, Roubaix, Tourcoing, Dunkerque, Villeneuve-d'Ascq, Valenciennes, Douai, Cambrai, Maubeuge
60 Beauvais, Compiègne, Creil | 61 Alençon, Flers, Argentan | 62 Arras, Calais, Boulogne-sur-Mer, Lens, Liévin, Béthune
63 Clermont-Ferrand, Riom, Thiers | 64 Pau, Bayonne, Biarritz, Anglet | 65 Tarbes, Lourdes | 66 Perpignan
67 Strasbourg, Haguenau, Schiltigheim, Sélestat | 68 Colmar, Mulhouse
69 Lyon, Villeurbanne, Vénissieux, Vaulx-en-Velin, Bron, Villefranche-sur-Saône | 70 Vesoul
71 Mâcon, Chalon-sur-Saône, Le Creusot, Autun | 72 Le Mans, La Flèche | 73 Chambéry, Aix-les-Bains, Albertville
74 Annecy, Annemasse, Thonon-les-Bains | 75 Paris | 76 Rouen, Le Havre, Dieppe, Sotteville-lès-Rouen
77 Melun, Meaux, Chelles, Fontainebleau, Provins | 78 Versailles, Sartrouville, Mantes-la-Jolie, Poissy, Rambouillet
79 Niort, Bressuire, Parthenay | 80 Amiens, Abbeville | 81 Albi, Castres | 82 Montauban
83 Toulon, La Seyne-sur-Mer, Hyères, Fréjus, Draguignan | 84 Avignon, Orange, Carpentras, Cavaillon, Apt
85 La Roche-sur-Yon, Les Sables-d'Olonne, Challans | 86 Poitiers, Châtellerault | 87 Limoges
88 Épinal, Saint-Dié-des-Vosges | 89 Auxerre, Sens | 90 Belfort
91 Évry-Courcouronnes, Évry, Corbeil-Essonnes, Massy, Palaiseau, Étampes
92 Nanterre, Boulogne-Billancourt, Colombes, Asnières-sur-Seine, Courbevoie, Antony, Clichy, Gennevilliers
93 Bobigny, Saint-Denis, Montreuil, Aubervilliers, Aulnay-sous-Bois, Pantin, Drancy, Noisy-le-Grand
94 Créteil, Vitry-sur-Seine, Champigny-sur-Marne, Saint-Maur-des-Fossés, Ivry-sur-Seine, Maisons-Alfort
95 Pontoise, Cergy, Argenteuil, Sarcelles, Garges-lès-Gonesse
971 Basse-Terre, Les Abymes, Pointe-à-Pitre | 972 Fort-de-France | 973 Cayenne | 974 Saint-Denis, Saint-Paul, Saint-Pierre
976 Mamoudzou
"""


@cache
def _departments():
    known = {}
    for line in _TOWNS.replace("\n", "|").split("|"):
        code, _space, names = line.strip().partition(" ")
        for name in filter(None, names.split(",")):
            known.setdefault(fold(name), set()).add(code)
    return known


def contradicts(postcode, town, others=None):
    """Return whether a postcode lies in another department than its town, as far as one knows.

    :param others: folded name of a town → its departments, as other lines of the file say.
    """
    name = fold(town or "").split(" cedex")[0]
    departments = _departments().get(name) or (others or {}).get(name)
    return bool(departments) and department_code(postcode) not in departments
