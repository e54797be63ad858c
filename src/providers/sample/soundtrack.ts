import type { Mood } from './mood.ts';
import type { Random } from './random.ts';

const rate = 24_000;

/** Three chords on a soft pad with a pulse under them, minor where it is dark, quicker where it is quick: a WAV file. */
export function soundtrack(seconds: number, mood: Mood, random: Random): Buffer {
  const root = 110 * 2 ** (Math.floor(random() * 8) / 12);
  const chords = (
    mood.light < 0
      ? [
          [0, 3, 7],
          [-4, 0, 3],
          [-2, 2, 5],
        ]
      : [
          [0, 4, 7],
          [-3, 0, 4],
          [5, 9, 12],
        ]
  ).map((chord) => chord.map((step) => root * 2 ** (step / 12)));
  const beat = 0.6 * 0.8 ** mood.pace;
  const samples = new Int16Array(Math.round(seconds * rate));
  for (let i = 0; i < samples.length; i++) {
    const t = i / rate;
    samples[i] = 32767 * 0.55 * level(t, seconds) * (pad(t, seconds, chords) + pulse(t % beat, root / 2));
  }
  return wav(samples);
}

const level = (t: number, end: number): number => Math.min(1, t / 0.6, Math.max(0, end - t) / 0.9);

function pad(t: number, end: number, chords: readonly number[][]): number {
  const place = (t / end) * chords.length;
  const chord = chords[Math.min(chords.length - 1, Math.floor(place))] ?? [];
  // Each chord swells and sinks, so that the change from one to the next does not click.
  const swell = Math.sin(Math.PI * (place % 1)) ** 0.5;
  return (
    0.14 *
    swell *
    chord.reduce(
      (sum, f) => sum + Math.sin(2 * Math.PI * f * t) + 0.4 * Math.sin(2 * Math.PI * f * 2.003 * t),
      0,
    )
  );
}

const pulse = (t: number, f: number): number =>
  0.4 * Math.exp(-t * 14) * Math.sin(2 * Math.PI * (f + 60 * Math.exp(-t * 30)) * t);

function wav(samples: Int16Array): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}
