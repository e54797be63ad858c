import type { Dictionary } from '../languages.ts';

/** The menu in French. */
export const french: Dictionary = {
  'Make a finished video clip from a few words and your logo':
    'Créer un clip vidéo fini à partir de quelques mots et de votre logo',
  'What the video should show, in your own words and language':
    'Ce que la vidéo doit montrer, avec vos mots et dans votre langue',
  'Who films it; left out, the best one that fits':
    'Qui la filme ; par défaut, le meilleur modèle qui convient',
  'Length in whole seconds, for example 6': 'Durée en secondes entières, par exemple 6',
  'Shape of the frame, for example 9:16 or vertical': 'Format de l’image, par exemple 9:16 ou vertical',
  'A well-tried recipe to start from': 'Une recette éprouvée pour commencer',
  'Where it will be seen; sets shape, length and style':
    'Où elle sera vue ; fixe le format, la durée et le style',
  'Name of the product or brand, as it should be written':
    'Nom du produit ou de la marque, tel qu’il doit s’écrire',
  'The line the clip ends on': 'La phrase sur laquelle le clip se termine',
  'What the product is and what matters about it': 'Ce qu’est le produit et ce qui compte chez lui',
  'How the wording should be worked on, for example “more cinematic”':
    'Comment retravailler le texte, par exemple « plus cinématographique »',
  'Film my words as they are, without polishing them': 'Filmer mes mots tels quels, sans les retoucher',
  'Your logo; it is laid over the film, never redrawn':
    'Votre logo ; il est posé sur le film, jamais redessiné',
  'Pictures that show the product or the look': 'Images qui montrent le produit ou le style',
  'Pictures of the product; it keeps its exact look':
    'Images du produit ; son apparence exacte est conservée',
  'The picture that the film begins with': 'L’image par laquelle le film commence',
  'The picture it ends on, beside a first one': 'L’image finale, en plus d’une première',
  'Address of a picture on the web': 'Adresse d’une image sur le Web',
  'Who makes the stills; left out, the first that can':
    'Qui crée les images fixes ; par défaut, le premier modèle capable',
  'How fine the stills are, where the model has a choice':
    'Finesse des images fixes, si le modèle laisse le choix',
  'Look of the stills, where the model has a choice': 'Style des images fixes, si le modèle laisse le choix',
  'How many stills to choose from, 1 to 6': 'Nombre d’images fixes au choix, de 1 à 6',
  'Who decides on this video; left out, whoever decides in this server':
    'Qui décide de cette vidéo ; par défaut, qui décide sur ce serveur',
  'A role whose members decide on this video': 'Un rôle dont les membres décident de cette vidéo',
  'The models you can choose from: lengths, shapes, prices, usual waits':
    'Les modèles au choix : durées, formats, prix, attentes habituelles',
  'What each model would charge and take for a clip, side by side':
    'Le prix et le temps de chaque modèle pour un clip, côte à côte',
  'Length in whole seconds; left out, that of the video here':
    'Durée en secondes entières ; par défaut, celle de la vidéo ici',
  'Shape of the frame, for example 9:16': 'Format de l’image, par exemple 9:16',
  'Where it will be seen': 'Où elle sera vue',
  'Pictures that the film should follow': 'Images que le film doit suivre',
  'What is being made here, and what waits for somebody':
    'Ce qui est en cours ici et ce qui attend quelqu’un',
  'Only those, for example “needs review”': 'Seulement ceux-là, par exemple « needs review »',
  'How to work with Dailies, with examples to copy':
    'Comment travailler avec Dailies, avec des exemples à copier',
  'The command you would like explained': 'La commande à expliquer',
  'Use in a video': 'Utiliser dans une vidéo',
  'Brand kit it is made with; “none” for none': 'Kit de marque à utiliser ; « none » pour aucun',
  'Brand kits: logo, colours, voice and what is never shown, kept for every video':
    'Kits de marque : logo, couleurs, ton et interdits, gardés pour chaque vidéo',
  'Which brand kit; a new name makes a new one': 'Quel kit de marque ; un nouveau nom en crée un',
  'Its colours, for example #0f766e, #fde68a': 'Ses couleurs, par exemple #0f766e, #fde68a',
  'How the brand speaks, in a sentence or two': 'Comment la marque s’exprime, en une ou deux phrases',
  'What is never to be shown, with semicolons between':
    'Ce qui ne doit jamais être montré, séparé par des points-virgules',
  'Its logo as a file; every film bears it': 'Son logo en fichier ; chaque film le porte',
  'Its logo by its address on the web; none takes it out':
    'Son logo par son adresse sur le web ; none l’enlève',
  'Take it for every video that names no other': 'L’utiliser pour toute vidéo qui n’en nomme pas d’autre',
  'Remove it; what was made with it stays': 'Le supprimer ; ce qui a été fait avec reste',
};
