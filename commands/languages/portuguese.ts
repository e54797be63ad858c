import type { Dictionary } from '../languages.ts';

/** The menu in Portuguese, as Brazil writes it. */
export const portuguese: Dictionary = {
  'Make a finished video clip from a few words and your logo':
    'Criar um clipe de vídeo pronto a partir de algumas palavras e do seu logotipo',
  'What the video should show, in your own words and language':
    'O que o vídeo deve mostrar, com as suas palavras e no seu idioma',
  'Who films it; left out, the best one that fits': 'Quem filma; se omitido, o melhor modelo que servir',
  'Length in whole seconds, for example 6': 'Duração em segundos inteiros, por exemplo 6',
  'Shape of the frame, for example 9:16 or vertical': 'Formato da imagem, por exemplo 9:16 ou vertical',
  'A well-tried recipe to start from': 'Uma receita testada para começar',
  'Where it will be seen; sets shape, length and style': 'Onde será visto; define formato, duração e estilo',
  'Name of the product or brand, as it should be written':
    'Nome do produto ou da marca, como deve ser escrito',
  'The line the clip ends on': 'A frase com que o clipe termina',
  'What the product is and what matters about it': 'O que é o produto e o que importa nele',
  'How the wording should be worked on, for example “more cinematic”':
    'Como trabalhar o texto, por exemplo “mais cinematográfico”',
  'Film my words as they are, without polishing them': 'Filmar as minhas palavras como estão, sem retocá-las',
  'Your logo; it is laid over the film, never redrawn':
    'O seu logotipo; é posto sobre o filme, nunca redesenhado',
  'Pictures that show the product or the look': 'Imagens que mostram o produto ou o estilo',
  'Pictures of the product; it keeps its exact look': 'Imagens do produto; a aparência exata é mantida',
  'The picture that the film begins with': 'A imagem com que o filme começa',
  'The picture it ends on, beside a first one': 'A imagem com que termina, junto com uma primeira',
  'Address of a picture on the web': 'Endereço de uma imagem na web',
  'Who makes the stills; left out, the first that can':
    'Quem cria as imagens; se omitido, o primeiro que puder',
  'How fine the stills are, where the model has a choice':
    'Qualidade das imagens, se o modelo permitir escolher',
  'Look of the stills, where the model has a choice': 'Estilo das imagens, se o modelo permitir escolher',
  'How many stills to choose from, 1 to 6': 'Quantas imagens para escolher, de 1 a 6',
  'Who decides on this video; left out, whoever decides in this server':
    'Quem decide sobre este vídeo; se omitido, quem decide neste servidor',
  'A role whose members decide on this video': 'Um cargo cujos membros decidem sobre este vídeo',
  'The models you can choose from: lengths, shapes, prices, usual waits':
    'Os modelos disponíveis: durações, formatos, preços e esperas habituais',
  'What each model would charge and take for a clip, side by side':
    'Quanto cada modelo cobraria e levaria por um clipe, lado a lado',
  'Length in whole seconds; left out, that of the video here':
    'Duração em segundos inteiros; se omitida, a do vídeo daqui',
  'Shape of the frame, for example 9:16': 'Formato da imagem, por exemplo 9:16',
  'Where it will be seen': 'Onde será visto',
  'Pictures that the film should follow': 'Imagens que o filme deve seguir',
  'What is being made here, and what waits for somebody':
    'O que está sendo feito aqui e o que espera por alguém',
  'Only those, for example “needs review”': 'Só esses, por exemplo “needs review”',
  'How to work with Dailies, with examples to copy': 'Como trabalhar com o Dailies, com exemplos para copiar',
  'The command you would like explained': 'O comando que você quer que seja explicado',
  'Use in a video': 'Usar em um vídeo',
  'Brand kit it is made with; “none” for none': 'Kit de marca usado no vídeo; “none” para nenhum',
  'Brand kits: logo, colours, voice and what is never shown, kept for every video':
    'Kits de marca: logo, cores, tom e o que nunca aparece, guardados para cada vídeo',
  'Which brand kit; a new name makes a new one': 'Qual kit de marca; um nome novo cria outro',
  'Its colours, for example #0f766e, #fde68a': 'As cores, por exemplo #0f766e, #fde68a',
  'How the brand speaks, in a sentence or two': 'Como a marca fala, em uma ou duas frases',
  'What is never to be shown, with semicolons between':
    'O que nunca deve aparecer, separado por ponto e vírgula',
  'Its logo as a file; every film bears it': 'O logo em arquivo; todo filme o leva',
  'Its logo by its address on the web; none takes it out': 'O logo pelo endereço na web; none o remove',
  'Take it for every video that names no other': 'Usar em todo vídeo que não indicar outro',
  'Remove it; what was made with it stays': 'Remover; o que foi feito com ele fica',
};
