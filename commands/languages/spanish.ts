import type { Dictionary } from '../languages.ts';

/** The menu in Spanish. */
export const spanish: Dictionary = {
  'Make a finished video clip from a few words and your logo':
    'Crear un videoclip terminado a partir de unas palabras y tu logotipo',
  'What the video should show, in your own words and language':
    'Lo que debe mostrar el vídeo, con tus palabras y en tu idioma',
  'Who films it; left out, the best one that fits': 'Quién lo filma; si se omite, el mejor modelo que encaje',
  'Length in whole seconds, for example 6': 'Duración en segundos enteros, por ejemplo 6',
  'Shape of the frame, for example 9:16 or vertical': 'Formato de la imagen, por ejemplo 9:16 o vertical',
  'A well-tried recipe to start from': 'Una receta probada para empezar',
  'Where it will be seen; sets shape, length and style': 'Dónde se verá; define formato, duración y estilo',
  'Name of the product or brand, as it should be written':
    'Nombre del producto o de la marca, tal como debe escribirse',
  'The line the clip ends on': 'La frase con la que termina el clip',
  'What the product is and what matters about it': 'Qué es el producto y qué importa de él',
  'How the wording should be worked on, for example “more cinematic”':
    'Cómo trabajar el texto, por ejemplo «más cinematográfico»',
  'Film my words as they are, without polishing them': 'Filmar mis palabras tal cual, sin pulirlas',
  'Your logo; it is laid over the film, never redrawn':
    'Tu logotipo; se coloca sobre la película, nunca se redibuja',
  'Pictures that show the product or the look': 'Imágenes que muestran el producto o el estilo',
  'Pictures of the product; it keeps its exact look': 'Imágenes del producto; conserva su aspecto exacto',
  'The picture that the film begins with': 'La imagen con la que empieza la película',
  'The picture it ends on, beside a first one': 'La imagen con la que termina, junto con una primera',
  'Address of a picture on the web': 'Dirección de una imagen en la web',
  'Who makes the stills; left out, the first that can':
    'Quién crea las imágenes fijas; si se omite, el primero que pueda',
  'How fine the stills are, where the model has a choice':
    'Calidad de las imágenes fijas, si el modelo permite elegir',
  'Look of the stills, where the model has a choice':
    'Estilo de las imágenes fijas, si el modelo permite elegir',
  'How many stills to choose from, 1 to 6': 'Cuántas imágenes fijas para elegir, de 1 a 6',
  'Who decides on this video; left out, whoever decides in this server':
    'Quién decide sobre este vídeo; si se omite, quien decide en este servidor',
  'A role whose members decide on this video': 'Un rol cuyos miembros deciden sobre este vídeo',
  'The models you can choose from: lengths, shapes, prices, usual waits':
    'Los modelos disponibles: duraciones, formatos, precios y esperas habituales',
  'What each model would charge and take for a clip, side by side':
    'Cuánto cobraría y tardaría cada modelo por un clip, lado a lado',
  'Length in whole seconds; left out, that of the video here':
    'Duración en segundos enteros; si se omite, la del vídeo de aquí',
  'Shape of the frame, for example 9:16': 'Formato de la imagen, por ejemplo 9:16',
  'Where it will be seen': 'Dónde se verá',
  'Pictures that the film should follow': 'Imágenes que la película debe seguir',
  'What is being made here, and what waits for somebody':
    'Lo que se está haciendo aquí y lo que espera a alguien',
  'Only those, for example “needs review”': 'Solo esos, por ejemplo «needs review»',
  'How to work with Dailies, with examples to copy': 'Cómo trabajar con Dailies, con ejemplos para copiar',
  'The command you would like explained': 'El comando que quieres que te expliquen',
  'Use in a video': 'Usar en un vídeo',
  'Brand kit it is made with; “none” for none': 'Kit de marca con el que se hace; “none” para ninguno',
  'Brand kits: logo, colours, voice and what is never shown, kept for every video':
    'Kits de marca: logo, colores, tono y lo que nunca se muestra, para cada vídeo',
  'Which brand kit; a new name makes a new one': 'Qué kit de marca; un nombre nuevo crea uno',
  'Its colours, for example #0f766e, #fde68a': 'Sus colores, por ejemplo #0f766e, #fde68a',
  'How the brand speaks, in a sentence or two': 'Cómo habla la marca, en una o dos frases',
  'What is never to be shown, with semicolons between':
    'Lo que nunca debe mostrarse, separado por punto y coma',
  'Its logo as a file; every film bears it': 'Su logo como archivo; lo lleva cada película',
  'Its logo by its address on the web; none takes it out':
    'Su logo por su dirección en la web; none lo quita',
  'Take it for every video that names no other': 'Usarlo en todo vídeo que no nombre otro',
  'Remove it; what was made with it stays': 'Quitarlo; lo que se hizo con él se queda',
};
