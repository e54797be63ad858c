import type { Phrases } from '../phrases.ts';

export const german: Phrases = {
  shots: [
    'Filmische Komposition, das Motiv im linken Drittel, ein großes Seitenlicht, der Blick fällt zuerst auf das Motiv',
    'Einheitliches Licht aus einem einzigen großen Fenster, das Motiv in der Mitte, ein Blickpunkt',
    'Klarer Blickpunkt: nur das Motiv ist scharf, alles andere tritt zurück, Licht von hinten oben',
    'Filmstill, 35 mm, geringe Schärfentiefe, das Motiv mitten im Moment, im rechten Drittel',
    'Totale: weites Bild, tiefer Horizont, Streiflicht von der Seite, das Motiv klein und unverkennbar',
  ],
  cameras: [
    'Die Kamera fährt auf das Motiv zu und bleibt eine Handbreit davor stehen',
    'Die Kamera umkreist das Motiv um eine Vierteldrehung, der Hintergrund zieht mit',
    'Die Kamera schwenkt von links nach rechts und bleibt auf dem Motiv stehen',
    'Die Kamera steigt vom Detail zum Ganzen auf',
    'Die Kamera steht, das Licht wandert über das Motiv',
  ],
  light: 'durchgehend eine Lichtrichtung',
  wishes: {
    darker: {
      still: 'Low-Key-Licht, tiefe Schatten, der Hintergrund versinkt',
      motion: 'Low-Key-Licht, tiefe Schatten, vom ersten bis zum letzten Bild knapp belichtet',
    },
    brighter: {
      still: 'High-Key-Licht, offene Schatten, luftiger Hintergrund',
      motion: 'High-Key-Licht, offene Schatten, vom ersten bis zum letzten Bild reichlich belichtet',
    },
    slower: {
      still: 'ein gesammelter Moment',
      motion: 'lange Bewegungen im halben Tempo, Zeit zum Schauen',
    },
    faster: {
      still: 'am Höhepunkt der Bewegung eingefangen',
      motion: 'zügige Bewegungen, kurze Takte, jede Sekunde ein neuer Blick',
    },
    warmer: {
      still: 'Abendlicht um 3200 K, bernsteinfarbene Lichter',
      motion: 'Abendlicht, das im Lauf der Einstellung zunimmt',
    },
    colder: {
      still: 'kühles Licht um 6500 K, klare Luft',
      motion: 'kühles, gleichbleibendes Licht, klare Luft',
    },
    dramatic: {
      still: 'Dreipunktlicht: hartes Führungslicht, wenig Aufhellung, kräftige Kante; aufgeladene Stimmung',
      motion:
        'Dreipunktlicht: hartes Führungslicht, wenig Aufhellung, kräftige Kante; die Stimmung steigert sich',
    },
    soft: {
      still: 'große gestreute Lichtquelle, Pastelltöne, Verläufe statt Kanten',
      motion: 'gestreutes Licht, Pastelltöne, jede Bewegung setzt behutsam ein und aus',
    },
    minimal: {
      still: 'leere Bühne, ein Motiv, zwei Drittel des Bildes frei',
      motion: 'ein Motiv, eine Bewegung, sonst nichts im Bild',
    },
    rich: {
      still: 'gestaffelte Bühne, satte Farben, Struktur auf jeder Ebene',
      motion: 'Ebenen ziehen verschieden weit aneinander vorbei, satte Farben',
    },
    neon: {
      still: 'Neonröhren und ihre Spiegelungen auf nassen Flächen',
      motion: 'Neonflackern, dessen Spiegelungen über nasse Flächen gleiten',
    },
    cinematic: {
      still: 'anamorphotisches Bild, geringe Schärfentiefe, feines Filmkorn',
      motion:
        'langsam geführter Schwenk über das Motiv, der darauf zur Ruhe kommt, Parallaxe in Vorder- und Hintergrund',
    },
  },
  templates: {
    'brand-animation': {
      still: 'die Mitte bleibt frei für das Logo, das danach eingesetzt wird',
      motion: 'Formen sammeln sich um eine freie Mitte, in der das Logo stehen wird, und verharren',
    },
    'product-showcase': {
      still: 'das Produkt als Held, Dreiviertelansicht, Kanten klar vor dem Hintergrund',
      motion: 'das Produkt dreht sich ein Viertel auf seinem Sockel, erst das Detail, dann das Ganze',
    },
    'social-media': {
      still: 'auf Daumengröße lesbar, oberes und unteres Fünftel frei',
      motion: 'die Idee ist in der ersten Sekunde zu sehen, das letzte Bild geht in das erste über',
    },
  },
  subject: (product) => `Das Produkt ist ${product}`,
  must: (things) => `Muss zu sehen sein: ${things}`,
  without: (thing) => `ohne ${thing}`,
  reference: (names, purpose) => `Der Referenz folgen (${purpose}): ${names}`,
  palette: (colours) => `Palette: ${colours}`,
  why: (shot, wishes) =>
    wishes ? `${shot}; eingearbeitet: ${wishes}.` : `${shot}; Ihre Worte geben den Ton an.`,
  names: {
    darker: 'dunkler',
    brighter: 'heller',
    slower: 'langsamer',
    faster: 'schneller',
    warmer: 'wärmer',
    colder: 'kälter',
    dramatic: 'dramatisches Licht',
    soft: 'Weichheit',
    minimal: 'eine leere Bühne',
    rich: 'Fülle',
    neon: 'Neon',
    cinematic: 'Kino',
  },
  stop: '. ',
};
