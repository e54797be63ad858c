import type { Dictionary } from '../languages.ts';

/** The menu in German. */
export const german: Dictionary = {
  'Make a finished video clip from a few words and your logo':
    'Aus ein paar Worten und deinem Logo einen fertigen Videoclip machen',
  'What the video should show, in your own words and language':
    'Was das Video zeigen soll, in deinen Worten und deiner Sprache',
  'Who films it; left out, the best one that fits': 'Wer es dreht; ohne Angabe das beste Modell, das passt',
  'Length in whole seconds, for example 6': 'Länge in ganzen Sekunden, zum Beispiel 6',
  'Shape of the frame, for example 9:16 or vertical': 'Bildformat, zum Beispiel 9:16 oder vertical',
  'A well-tried recipe to start from': 'Ein bewährtes Rezept für den Anfang',
  'Where it will be seen; sets shape, length and style':
    'Wo es zu sehen sein wird; bestimmt Format, Länge und Stil',
  'Name of the product or brand, as it should be written':
    'Name des Produkts oder der Marke, so wie er geschrieben wird',
  'The line the clip ends on': 'Der Satz, mit dem der Clip endet',
  'What the product is and what matters about it': 'Was das Produkt ist und worauf es dabei ankommt',
  'How the wording should be worked on, for example “more cinematic”':
    'Wie am Text gearbeitet werden soll, zum Beispiel „filmischer“',
  'Film my words as they are, without polishing them': 'Meine Worte drehen, wie sie sind, ohne sie zu feilen',
  'Your logo; it is laid over the film, never redrawn':
    'Dein Logo; es wird über den Film gelegt, nie nachgezeichnet',
  'Pictures that show the product or the look': 'Bilder, die das Produkt oder den Look zeigen',
  'Pictures of the product; it keeps its exact look': 'Bilder des Produkts; sein Aussehen bleibt genau so',
  'The picture that the film begins with': 'Das Bild, mit dem der Film beginnt',
  'The picture it ends on, beside a first one': 'Das Bild, mit dem er endet, zusammen mit einem ersten',
  'Address of a picture on the web': 'Adresse eines Bildes im Web',
  'Who makes the stills; left out, the first that can':
    'Wer die Standbilder macht; ohne Angabe das erste Modell, das es kann',
  'How fine the stills are, where the model has a choice':
    'Wie fein die Standbilder sind, wo das Modell die Wahl lässt',
  'Look of the stills, where the model has a choice': 'Look der Standbilder, wo das Modell die Wahl lässt',
  'How many stills to choose from, 1 to 6': 'Wie viele Standbilder zur Auswahl stehen, 1 bis 6',
  'Who decides on this video; left out, whoever decides in this server':
    'Wer über dieses Video entscheidet; ohne Angabe, wer es auf diesem Server tut',
  'A role whose members decide on this video': 'Eine Rolle, deren Mitglieder über dieses Video entscheiden',
  'The models you can choose from: lengths, shapes, prices, usual waits':
    'Die Modelle zur Auswahl: Längen, Formate, Preise, übliche Wartezeiten',
  'What each model would charge and take for a clip, side by side':
    'Was jedes Modell für einen Clip kosten und brauchen würde, nebeneinander',
  'Length in whole seconds; left out, that of the video here':
    'Länge in ganzen Sekunden; ohne Angabe die des Videos hier',
  'Shape of the frame, for example 9:16': 'Bildformat, zum Beispiel 9:16',
  'Where it will be seen': 'Wo es zu sehen sein wird',
  'Pictures that the film should follow': 'Bilder, an die sich der Film halten soll',
  'What is being made here, and what waits for somebody':
    'Was hier gerade entsteht und was auf jemanden wartet',
  'Only those, for example “needs review”': 'Nur diese, zum Beispiel „needs review“',
  'How to work with Dailies, with examples to copy':
    'Wie man mit Dailies arbeitet, mit Beispielen zum Kopieren',
  'The command you would like explained': 'Der Befehl, der erklärt werden soll',
  'Use in a video': 'In einem Video verwenden',
  'Brand kit it is made with; “none” for none': 'Markenpaket, mit dem es gemacht wird; „none“ für keines',
  'Brand kits: logo, colours, voice and what is never shown, kept for every video':
    'Markenpakete: Logo, Farben, Tonfall und was nie gezeigt wird, für jedes Video',
  'Which brand kit; a new name makes a new one': 'Welches Markenpaket; ein neuer Name legt ein neues an',
  'Its colours, for example #0f766e, #fde68a': 'Seine Farben, zum Beispiel #0f766e, #fde68a',
  'How the brand speaks, in a sentence or two': 'Wie die Marke spricht, in ein, zwei Sätzen',
  'What is never to be shown, with semicolons between':
    'Was nie gezeigt werden darf, mit Strichpunkten dazwischen',
  'Its logo as a file; every film bears it': 'Sein Logo als Datei; jeder Film trägt es',
  'Its logo by its address on the web; none takes it out':
    'Sein Logo über die Adresse im Web; none nimmt es heraus',
  'Take it for every video that names no other': 'Für jedes Video nehmen, das kein anderes nennt',
  'Remove it; what was made with it stays': 'Entfernen; was damit gemacht wurde, bleibt',
};
