import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Aspect } from '../../campaign/model.ts';
import { runFilm } from '../../media/film.ts';
import type { Look } from '../video.ts';
import { camera, type Move, moveOf, tempo } from './camera.ts';
import { withoutFaults } from './faults.ts';
import { interFiles } from './lettering.ts';
import { type Mood, moodOf } from './mood.ts';
import { type Palette, paletteOf } from './palette.ts';
import { castOf, paint, scaled, veilOf } from './picture.ts';
import { type Random, randomOf } from './random.ts';
import { type Body, bodies, mesh, type Size } from './scenery.ts';
import { type Cut, cuesOf, cutOf, fps, type Scene } from './scenes.ts';
import { screenWords } from './screen-words.ts';
import { soundtrack } from './soundtrack.ts';
import { titleSheet } from './titles.ts';

const sizes: Record<Aspect, Size> = {
  '16:9': { width: 1280, height: 720 },
  '9:16': { width: 720, height: 1280 },
  '1:1': { width: 1080, height: 1080 },
  '4:5': { width: 1080, height: 1350 },
};

/** What a clip is made from. */
export interface Script {
  prompt: string;
  seconds: number;
  aspect: Aspect;
  seed: number;
  look: Look;
  still: string | null;
}

interface Shoot {
  script: Script;
  size: Size;
  mood: Mood;
  palette: Palette;
  random: Random;
  words: { title: string; tagline: string };
  cut: Cut;
  move: Move;
  folder: string;
}

export const framesOf = (seconds: number): number => Math.max(1, Math.round(seconds * fps));

/** Makes the clip `film.mp4` in a folder: the same script gives the same pictures. */
export async function makeFilm(
  script: Script,
  folder: string,
  run: { scale: number; signal: AbortSignal; onFrames: (written: number) => void },
): Promise<string> {
  const shoot = plan(script, folder, run.scale);
  await prepare(shoot);
  const sound = { sink: 'a', codec: 'aac', options: { b: '96k' } };
  const picture = { sink: 'v', codec: 'libx264', options: { preset: 'veryfast', crf: '22', g: '48' } };
  const output = {
    file: 'film.mp4',
    muxer: { movflags: '+faststart' },
    metadata: { title: shoot.words.title, comment: 'SAMPLE' },
    streams: [picture, sound],
  };
  const { signal, onFrames } = run;
  await runFilm({ graph: graphOf(shoot), outputs: [output] }, { folder, timeout: 180_000, signal, onFrames });
  return join(folder, 'film.mp4');
}

function plan(script: Script, folder: string, scale: number): Shoot {
  const prompt = withoutFaults(script.prompt);
  const words = screenWords(script.look, prompt);
  const mood = moodOf(words.wishes);
  const random = randomOf(script.seed, words.title);
  const palette = paletteOf(script.look.colours, mood, random);
  const cut = cutOf(script.seconds, script.still !== null, mood);
  return {
    script,
    size: scaled(sizes[script.aspect], scale),
    mood,
    palette,
    random,
    words,
    cut,
    move: moveOf(prompt, random),
    folder,
  };
}

/** Everything the graph opens, under names of our own. */
async function prepare(shoot: Shoot): Promise<void> {
  const { folder, size, palette, random, mood, script, words, cut } = shoot;
  const put = (name: string, bytes: Buffer | string) => writeFile(join(folder, name), bytes);
  await mkdir(join(folder, 'fonts'), { recursive: true });
  const span = fieldSpan(size);
  await put('field0.png', await mesh({ width: span, height: span }, palette, random));
  await put('field1.png', await mesh({ width: span, height: span }, palette, random));
  const room = { width: Math.round(size.width * 1.7), height: Math.round(size.height * 1.7) };
  const light = { x: random() < 0.5 ? -1 : 1, y: -1 };
  await put(
    'bodies.png',
    await sharp(bodies(room, palette, castOf(shoot), light))
      .png({ compressionLevel: 1 })
      .toBuffer(),
  );
  await put(
    'horizon.png',
    await sharp(bodies(size, palette, [horizon(size)], light))
      .png({ compressionLevel: 1 })
      .toBuffer(),
  );
  await put(
    'veil.png',
    await sharp(veilOf(size, palette, words.title))
      .png({ compressionLevel: 1 })
      .toBuffer(),
  );
  await put('picture.png', await pictureOf(shoot));
  await put('sound.wav', soundtrack(script.seconds, mood, random));
  const cues = cuesOf(cut, words, script.still !== null);
  await put('titles.ass', titleSheet({ size, palette, seconds: script.seconds, tempo: tempo(mood), cues }));
  for (const [weight, file] of Object.entries(interFiles))
    await copyFile(file, join(folder, 'fonts', `${weight}.ttf`));
}

/** The card's own body: a limb of light along the lower edge, whatever the frame's shape. */
const horizon = ({ width, height }: Size): Body => {
  const r = Math.max(0.95, (width / Math.min(width, height)) * 0.72);
  return { x: 0.5, y: 0.84 + (r * Math.min(width, height)) / height, r, colour: 0 };
};

/** The field is turned while small: its corners must stay outside the frame. */
const fieldSpan = (size: Size): number => 2 * Math.ceil(Math.hypot(size.width, size.height) / 4 / 2) + 8;

async function pictureOf({ script, size, palette, mood, random }: Shoot): Promise<Buffer> {
  if (!script.still)
    return paint({ size, palette, mood, random, title: '', tagline: '', reference: null, unmarked: true });
  return sharp(await readFile(script.still))
    .rotate()
    .resize({ ...size, fit: 'cover', position: 'attention' })
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer();
}

const rec709 = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

function graphOf(shoot: Shoot): string {
  const { cut, script } = shoot;
  const parts = cut.scenes.map((scene, i) => sceneGraph(scene, i, shoot));
  const crossings = cut.scenes.slice(1).map((_, i) => crossing(i, shoot));
  const last = cut.scenes.length === 1 ? 's0' : `x${cut.scenes.length - 1}`;
  return [
    ...parts,
    ...crossings,
    `[${last}]fps=${fps}${script.still ? '' : dimmed(shoot.mood)},noise=alls=3,ass=titles.ass:fontsdir=fonts,format=yuv420p,${rec709},buffersink@v`,
    `amovie=sound.wav,aresample=48000,apad,atrim=duration=${script.seconds},aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,asetnsamples=1024:p=0,abuffersink@a`,
  ].join(';\n');
}

function crossing(i: number, { cut, mood, random }: Shoot): string {
  const offset = cut.scenes.slice(0, i + 1).reduce((sum, scene) => sum + scene.frames - cut.overlap, 0) / fps;
  const kind =
    i === cut.scenes.length - 2 || mood.pace < 0
      ? 'fade'
      : random.of(['smoothleft', 'smoothup', 'smoothright'] as const);
  const from = i === 0 ? 's0' : `x${i}`;
  return `[${from}][s${i + 1}]xfade=transition=${kind}:duration=${cut.overlap / fps}:offset=${offset}[x${i + 1}]`;
}

function sceneGraph(scene: Scene, i: number, shoot: Shoot): string {
  const { size, mood } = shoot;
  const end = `setsar=1,fps=${fps},format=yuv420p,${rec709},settb=AVTB[s${i}]`;
  const toFilm = 'out_color_matrix=bt709:out_range=tv';
  if (scene.kind === 'picture') return `${picture(scene, i, shoot)},${end}`;
  const ground = field(scene.frames, i, shoot);
  if (scene.kind === 'card') {
    const travel = Math.round(size.height * Math.min(0.2, 0.07 * tempo(mood)));
    const up = `${travel}*pow(1-n/${scene.frames}\\,3)`;
    return `${ground},${rec709}[g${i}];movie=horizon.png,format=rgba,scale=iw:ih:${toFilm},format=yuva420p,${rec709}[b${i}];[g${i}][b${i}]overlay=x=0:y='${up}':format=yuv420,${end}`;
  }
  const near = camera(i === 0 ? shoot.move : 'push', scene.frames, size, mood, 1.6);
  return `${ground},${rec709}[g${i}];movie=bodies.png,format=rgba,scale=iw:ih:${toFilm},format=yuva420p,${near},${rec709}[b${i}];[g${i}][b${i}]overlay=format=yuv420:shortest=1${veil(i)},${end}`;
}

/** A given still is moved over gently, so that what stands near its edges stays in; a second look at it may come closer. */
function picture({ frames }: Scene, i: number, { size, mood, script, move }: Shoot): string {
  const given = script.still !== null;
  const look =
    given && i === 0
      ? camera(
          mood.pace > 0 || move === 'pull' ? 'pull' : 'push',
          frames,
          size,
          mood,
          0.6,
          mood.pace > 0 ? 0.3 : 0.08,
        )
      : camera(move, frames, size, mood, given ? 1.4 : 1);
  return `movie=picture.png,scale=iw*${given ? 3 : 2}:ih*${given ? 3 : 2}:flags=bicubic:out_color_matrix=bt709:out_range=tv,format=yuv420p,${look}${given ? gradeOf(mood) : ''}`;
}

/** Behind the title the scene is held back. */
const veil = (i: number): string =>
  i === 0
    ? `[o];movie=veil.png,format=rgba,scale=iw:ih:out_color_matrix=bt709:out_range=tv,format=yuva420p,${rec709}[w];[o][w]overlay=format=yuv420`
    : '';

/** Two soft fields turning against each other, mixed while small and then enlarged: smooth, and nearly free. */
function field(frames: number, i: number, { size, mood }: Shoot): string {
  const small = { width: Math.round(size.width / 4), height: Math.round(size.height / 4) };
  const speed = 0.4 * tempo(mood);
  const turning = (n: number, sign: number) =>
    `movie=field${n}.png,format=gbrp,loop=loop=${frames}:size=1,setpts=N/${fps}/TB,fps=${fps},trim=end_frame=${frames},rotate=a='${sign * speed}*t+${i}':ow=${small.width}:oh=${small.height}[f${i}${n}]`;
  const grown = `scale=${size.width}:${size.height}:flags=bicubic:out_color_matrix=bt709:out_range=tv,format=yuv420p`;
  return `${turning(0, 1)};${turning(1, -1.4)};[f${i}0][f${i}1]blend=all_mode=overlay:all_opacity=0.75,${grown}`;
}

/** Paint alone does not make a night: the whole frame is printed darker too. */
const dimmed = (mood: Mood): string => (mood.light < 0 ? gradeOf({ ...mood, warmth: 0, plenty: 0 }) : '');

/** A picture that was made before cannot be repainted, but printed darker, lighter, warmer or colder. */
function gradeOf({ light, warmth, plenty }: Mood): string {
  if (light === 0 && warmth === 0 && plenty === 0) return '';
  const gain = light < 0 ? 0.8 ** -light : 1;
  const lift = light > 0 ? 1 - 0.78 ** light : 0;
  const y = `clip(16+(val-16)*${gain.toFixed(3)}+(235-val)*${lift.toFixed(3)},16,235)`;
  const c = (by: number) => `clip(128+(val-128)*${(1 + plenty * 0.12).toFixed(2)}+${by.toFixed(1)},16,240)`;
  return `,lutyuv=y='${y}':u='${c(-5 * warmth)}':v='${c(5 * warmth)}'`;
}
