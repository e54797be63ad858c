import { camera, tempo } from './camera.ts';
import type { Mood } from './mood.ts';
import { fps, type Scene } from './scenes.ts';
import type { Shoot } from './shoot.ts';

const rec709 = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/** The clip as one filter graph over the files of `props.ts`. */
export function graphOf(shoot: Shoot): string {
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

const toFilm = 'out_color_matrix=bt709:out_range=tv';
const layer = (name: string): string => `movie=${name}.png,format=rgba,scale=iw:ih:${toFilm},format=yuva420p`;

function sceneGraph(scene: Scene, i: number, shoot: Shoot): string {
  const { size, mood } = shoot;
  const end = `setsar=1,fps=${fps},format=yuv420p,${rec709},settb=AVTB[s${i}]`;
  if (scene.kind === 'picture') return `${picture(scene, i, shoot)},${end}`;
  const ground = `${field(scene.frames, i, shoot)},${rec709}[g${i}]`;
  if (scene.kind === 'card') {
    const travel = Math.round(size.height * Math.min(0.2, 0.07 * tempo(mood)));
    const up = `${travel}*pow(1-n/${scene.frames}\\,3)`;
    return `${ground};${layer('horizon')},${rec709}[b${i}];[g${i}][b${i}]overlay=x=0:y='${up}':format=yuv420,${end}`;
  }
  const near = camera(i === 0 ? shoot.move : 'push', scene.frames, size, mood, 1.6);
  return `${ground};${layer('bodies')},${near},${rec709}[b${i}];[g${i}][b${i}]overlay=format=yuv420:shortest=1${veil(i)},${end}`;
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
  return `movie=picture.png,scale=iw*${given ? 3 : 2}:ih*${given ? 3 : 2}:flags=bicubic:${toFilm},format=yuv420p,${look}${given ? gradeOf(mood) : ''}`;
}

/** Behind the title the scene is held back. */
const veil = (i: number): string =>
  i === 0 ? `[o];${layer('veil')},${rec709}[w];[o][w]overlay=format=yuv420` : '';

/** Two soft fields turning against each other, mixed while small and then enlarged: smooth, and nearly free. */
function field(frames: number, i: number, { size, mood }: Shoot): string {
  const small = { width: Math.round(size.width / 4), height: Math.round(size.height / 4) };
  const speed = 0.4 * tempo(mood);
  const turning = (n: number, sign: number) =>
    `movie=field${n}.png,format=gbrp,loop=loop=${frames}:size=1,setpts=N/${fps}/TB,fps=${fps},trim=end_frame=${frames},rotate=a='${sign * speed}*t+${i}':ow=${small.width}:oh=${small.height}[f${i}${n}]`;
  const grown = `scale=${size.width}:${size.height}:flags=bicubic:${toFilm},format=yuv420p`;
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
