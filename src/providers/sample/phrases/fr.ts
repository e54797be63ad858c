import type { Phrases } from '../phrases.ts';

export const french: Phrases = {
  shots: [
    'Composition de cinéma, le sujet sur le tiers gauche, une grande source latérale, le regard va droit au sujet',
    'Éclairage cohérent venu d’une seule grande fenêtre, le sujet au centre, un seul point d’attention',
    'Point d’attention net : seul le sujet est au point, le reste s’efface, contre-jour venu du haut',
    'Photogramme, 35 mm, faible profondeur de champ, le sujet saisi sur le vif, tiers droit',
    'Plan d’ensemble : cadre large, horizon bas, lumière rasante, le sujet petit mais immanquable',
  ],
  cameras: [
    'La caméra avance sur rail et s’arrête tout près du sujet',
    'La caméra tourne d’un quart autour du sujet, le fond glisse',
    'La caméra panote de gauche à droite et se pose sur le sujet',
    'La caméra s’élève du détail à l’ensemble',
    'La caméra reste fixe, la lumière parcourt le sujet',
  ],
  light: 'une seule direction de lumière',
  wishes: {
    darker: {
      still: 'lumière basse, ombres profondes, le fond disparaît',
      motion: 'lumière basse, ombres profondes, exposition retenue du début à la fin',
    },
    brighter: {
      still: 'lumière haute, ombres ouvertes, fond aéré',
      motion: 'lumière haute, ombres ouvertes, exposition généreuse du début à la fin',
    },
    slower: {
      still: 'un moment posé',
      motion: 'longs mouvements à mi-tempo, le temps de regarder',
    },
    faster: {
      still: 'saisi au sommet du mouvement',
      motion: 'mouvements vifs, temps courts, un nouvel angle à chaque seconde',
    },
    warmer: {
      still: 'lumière de fin de journée vers 3200 K, reflets ambrés',
      motion: 'lumière de fin de journée qui monte au fil du plan',
    },
    colder: {
      still: 'lumière vers 6500 K, air vif',
      motion: 'lumière égale vers 6500 K, air vif',
    },
    dramatic: {
      still:
        'éclairage trois points : principale dure, faible débouchage, liseré marqué ; atmosphère chargée',
      motion: 'éclairage trois points : principale dure, faible débouchage, liseré marqué ; la tension monte',
    },
    soft: {
      still: 'grande source diffuse, tons pastel, dégradés plutôt que contours',
      motion: 'lumière diffuse, tons pastel, chaque mouvement naît et meurt en souplesse',
    },
    minimal: {
      still: 'plateau nu, un seul sujet, deux tiers du cadre vides',
      motion: 'un sujet, un mouvement, rien d’autre dans le cadre',
    },
    rich: {
      still: 'décor en strates, couleurs saturées, matière à chaque plan',
      motion: 'des strates qui défilent l’une devant l’autre, couleurs saturées',
    },
    neon: {
      still: 'tubes de néon et leurs reflets sur des surfaces mouillées',
      motion: 'scintillement de néon dont les reflets glissent sur des surfaces mouillées',
    },
    cinematic: {
      still: 'cadre anamorphique, faible profondeur de champ, grain fin',
      motion: 'lent panoramique sur le sujet, qui s’y arrête, parallaxe entre avant-plan et fond',
    },
  },
  templates: {
    'brand-animation': {
      still: 'centre laissé libre pour le logo, ajouté ensuite',
      motion: 'des formes se rassemblent autour d’un centre libre où se tiendra le logo, puis se posent',
    },
    'product-showcase': {
      still: 'le produit en héros, vue de trois quarts, contours lisibles sur le fond',
      motion: 'le produit tourne d’un quart sur son socle, d’abord le détail, puis l’ensemble',
    },
    'social-media': {
      still: 'lisible à la taille d’un pouce, cinquièmes haut et bas laissés libres',
      motion: 'l’idée se voit dès la première seconde, la dernière image rejoint la première',
    },
  },
  subject: (product) => `Le produit est ${product}`,
  must: (things) => `À montrer absolument : ${things}`,
  without: (thing) => `sans ${thing}`,
  reference: (names, purpose) => `Suivre la référence (${purpose}) : ${names}`,
  palette: (colours) => `Palette : ${colours}`,
  why: (shot, wishes) => (wishes ? `${shot} ; intégré : ${wishes}.` : `${shot} ; vos mots priment.`),
  names: {
    darker: 'plus sombre',
    brighter: 'plus clair',
    slower: 'plus lent',
    faster: 'plus rapide',
    warmer: 'plus chaud',
    colder: 'plus froid',
    dramatic: 'lumière dramatique',
    soft: 'douceur',
    minimal: 'plateau nu',
    rich: 'richesse',
    neon: 'néon',
    cinematic: 'cinéma',
  },
  stop: '. ',
};
