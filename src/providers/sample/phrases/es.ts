import type { Phrases } from '../phrases.ts';

export const spanish: Phrases = {
  shots: [
    'Composición de cine, el sujeto en el tercio izquierdo, una gran luz lateral, la mirada va directa al sujeto',
    'Iluminación coherente desde una sola ventana grande, el sujeto centrado, un único punto de atención',
    'Punto focal nítido: solo el sujeto está enfocado, lo demás se desvanece, contraluz desde arriba',
    'Fotograma, 35 mm, poca profundidad de campo, el sujeto en pleno instante, tercio derecho',
    'Plano general: encuadre amplio, horizonte bajo, luz rasante, el sujeto pequeño pero inconfundible',
  ],
  cameras: [
    'La cámara avanza sobre raíles y se detiene muy cerca del sujeto',
    'La cámara gira un cuarto de vuelta en torno al sujeto mientras el fondo se desliza',
    'La cámara panea de izquierda a derecha y se posa en el sujeto',
    'La cámara sube del detalle al conjunto',
    'La cámara queda fija mientras la luz recorre el sujeto',
  ],
  light: 'una sola dirección de luz',
  wishes: {
    darker: {
      still: 'clave baja, sombras profundas, el fondo desaparece',
      motion: 'clave baja, sombras profundas, exposición contenida de principio a fin',
    },
    brighter: {
      still: 'clave alta, sombras abiertas, fondo aireado',
      motion: 'clave alta, sombras abiertas, exposición generosa de principio a fin',
    },
    slower: {
      still: 'un instante sereno y asentado',
      motion: 'movimientos largos a medio tempo, tiempo para mirar',
    },
    faster: {
      still: 'captado en la cima del movimiento',
      motion: 'movimientos vivos, compases cortos, un ángulo nuevo cada segundo',
    },
    warmer: {
      still: 'luz de última hora hacia 3200 K, reflejos ámbar',
      motion: 'luz de última hora que crece durante el plano',
    },
    colder: {
      still: 'luz hacia 6500 K, aire nítido',
      motion: 'luz uniforme hacia 6500 K, aire nítido',
    },
    dramatic: {
      still: 'iluminación de tres puntos: principal dura, poco relleno, contorno marcado; atmósfera cargada',
      motion: 'iluminación de tres puntos: principal dura, poco relleno, contorno marcado; la tensión crece',
    },
    soft: {
      still: 'gran fuente difusa, tonos pastel, degradados en vez de bordes',
      motion: 'luz difusa, tonos pastel, cada movimiento nace y muere con delicadeza',
    },
    minimal: {
      still: 'plató desnudo, un solo sujeto, dos tercios del encuadre vacíos',
      motion: 'un sujeto, un movimiento, nada más en el encuadre',
    },
    rich: {
      still: 'decorado en capas, color saturado, textura en cada plano',
      motion: 'capas que pasan una ante otra, color saturado',
    },
    neon: {
      still: 'tubos de neón y sus reflejos sobre superficies mojadas',
      motion: 'parpadeo de neón cuyos reflejos se deslizan sobre superficies mojadas',
    },
    cinematic: {
      still: 'encuadre anamórfico, poca profundidad de campo, grano fino',
      motion: 'paneo lento sobre el sujeto, que se detiene en él, paralaje entre primer plano y fondo',
    },
  },
  templates: {
    'brand-animation': {
      still: 'el centro queda libre para el logotipo, que se añade después',
      motion: 'las formas se reúnen en torno a un centro libre donde estará el logotipo, y reposan',
    },
    'product-showcase': {
      still: 'el producto como héroe, vista de tres cuartos, bordes legibles sobre el fondo',
      motion: 'el producto gira un cuarto sobre su base, primero el detalle, al final el conjunto',
    },
    'social-media': {
      still: 'legible al tamaño de un pulgar, quintos superior e inferior libres',
      motion: 'la idea se ve en el primer segundo, la última imagen enlaza con la primera',
    },
  },
  subject: (product) => `El producto es ${product}`,
  must: (things) => `Debe verse: ${things}`,
  without: (thing) => `sin ${thing}`,
  reference: (names, purpose) => `Seguir la referencia (${purpose}): ${names}`,
  palette: (colours) => `Paleta: ${colours}`,
  why: (shot, wishes) => (wishes ? `${shot}; incorporado: ${wishes}.` : `${shot}; mandan sus palabras.`),
  names: {
    darker: 'más oscuro',
    brighter: 'más claro',
    slower: 'más lento',
    faster: 'más rápido',
    warmer: 'más cálido',
    colder: 'más frío',
    dramatic: 'luz dramática',
    soft: 'suavidad',
    minimal: 'plató desnudo',
    rich: 'riqueza',
    neon: 'neón',
    cinematic: 'cine',
  },
  stop: '. ',
};
