import { setImmediate } from 'node:timers/promises';
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_LOG_ERROR,
  AV_PICTURE_TYPE_NONE,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVFMT_GLOBALHEADER,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  type FilterContext,
  FilterGraph,
  FormatContext,
  Frame,
  Log,
  Packet,
  Rational,
  type Stream,
} from 'node-av/lib';
import type { FilmJob, FilmOutput, FilmStream } from './film.ts';

interface Lane {
  sink: FilterContext;
  encoder: CodecContext;
  stream: Stream;
  muxer: FormatContext;
  video: boolean;
  written: number;
  /** Seconds reached, to serve the lane that is furthest behind. */
  time: number;
  done: boolean;
}

const REPORT_EVERY = 8;

/** Pulls the graph's frames into the outputs' encoders, in this process. Only a child may call it: it blocks. */
export async function encode(job: FilmJob, onFrames: (written: number) => void): Promise<void> {
  Log.setLevel(AV_LOG_ERROR);
  const graph = new FilterGraph();
  graph.alloc();
  check(graph.parsePtr(job.graph), 'graph');
  check(await graph.config(), 'graph');
  const muxers: FormatContext[] = [];
  const lanes: Lane[] = [];
  for (const output of job.outputs) {
    const opened = await openOutput(graph, output);
    muxers.push(opened.muxer);
    lanes.push(...opened.lanes);
  }
  await pump(lanes, job.maxFrames ?? Number.POSITIVE_INFINITY, onFrames);
  for (const muxer of muxers) {
    check(await muxer.writeTrailer(), 'trailer');
    await muxer.closeOutput();
    muxer.freeContext();
  }
  // Two-pass statistics are written when the encoder is freed.
  for (const lane of lanes) lane.encoder.freeContext();
}

async function openOutput(graph: FilterGraph, output: FilmOutput) {
  const muxer = new FormatContext();
  check(muxer.allocOutputContext2(null, output.format ?? null, output.file), output.file);
  if (output.metadata) muxer.metadata = Dictionary.fromObject(output.metadata);
  const lanes: Lane[] = [];
  for (const stream of output.streams) lanes.push(await openLane(graph, muxer, stream));
  check(await muxer.openOutput(), output.file);
  check(await muxer.writeHeader(Dictionary.fromObject(output.muxer ?? {})), 'header');
  return { muxer, lanes };
}

async function openLane(graph: FilterGraph, muxer: FormatContext, wanted: FilmStream): Promise<Lane> {
  const audio = graph.getFilter(`abuffersink@${wanted.sink}`);
  const sink = audio ?? graph.getFilter(`buffersink@${wanted.sink}`);
  if (!sink) throw new Error(`no sink ${wanted.sink}`);
  const codec = Codec.findEncoderByName(wanted.codec as Parameters<typeof Codec.findEncoderByName>[0]);
  if (!codec) throw new Error(`no encoder ${wanted.codec}`);
  const encoder = new CodecContext();
  encoder.allocContext3(codec);
  if (audio) describeSound(encoder, sink);
  else describePicture(encoder, sink);
  if (muxer.oformat?.hasFlags(AVFMT_GLOBALHEADER)) encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  // open2Sync frees the dictionary twice (node-av 6.1.1).
  check(await encoder.open2(codec, Dictionary.fromObject(wanted.options ?? {})), wanted.codec);
  const stream = muxer.newStream();
  check(stream.codecpar.fromContext(encoder), wanted.codec);
  stream.timeBase = encoder.timeBase;
  if (!audio) stream.avgFrameRate = encoder.framerate;
  return { sink, encoder, stream, muxer, video: !audio, written: 0, time: 0, done: false };
}

function describePicture(encoder: CodecContext, sink: FilterContext): void {
  const rate = sink.buffersinkGetFrameRate();
  const known = rate.num > 0 && rate.den > 0;
  encoder.width = sink.buffersinkGetWidth();
  encoder.height = sink.buffersinkGetHeight();
  encoder.pixelFormat = sink.buffersinkGetFormat() as CodecContext['pixelFormat'];
  encoder.sampleAspectRatio = sink.buffersinkGetSampleAspectRatio();
  encoder.colorRange = sink.buffersinkGetColorRange();
  encoder.colorSpace = sink.buffersinkGetColorspace();
  if (known) encoder.framerate = rate;
  encoder.timeBase = known ? new Rational(rate.den, rate.num) : sink.buffersinkGetTimeBase();
}

function describeSound(encoder: CodecContext, sink: FilterContext): void {
  encoder.sampleFormat = sink.buffersinkGetFormat() as CodecContext['sampleFormat'];
  encoder.sampleRate = sink.buffersinkGetSampleRate();
  encoder.channelLayout = sink.buffersinkGetChannelLayout();
  encoder.timeBase = new Rational(1, encoder.sampleRate);
}

async function pump(lanes: Lane[], maxFrames: number, onFrames: (written: number) => void): Promise<void> {
  const frame = new Frame();
  const packet = new Packet();
  frame.alloc();
  packet.alloc();
  const counted = lanes.find((lane) => lane.video);
  let open = lanes;
  let told = 0;
  while (open.length > 0) {
    const order = open.toSorted((a, b) => a.time - b.time);
    if (!order.some((lane) => serve(lane, frame, packet))) throw new Error('the graph is stuck');
    for (const lane of open) if (lane.video && lane.written >= maxFrames) finish(lane, packet);
    open = open.filter((lane) => !lane.done);
    if (counted && counted.written >= told + REPORT_EVERY) {
      told = counted.written;
      onFrames(told);
    }
    // Lets a lost parent and the progress through.
    await setImmediate();
  }
  if (counted) onFrames(counted.written);
}

/** Moves one frame of the lane; false when the graph has none for it just now. */
function serve(lane: Lane, frame: Frame, packet: Packet): boolean {
  const got = lane.sink.buffersinkGetFrameSync(frame);
  if (got === AVERROR_EAGAIN) return false;
  if (got === AVERROR_EOF) finish(lane, packet);
  else {
    check(got, 'graph');
    stamp(lane, frame);
    check(lane.encoder.sendFrameSync(frame), 'encoder');
    frame.unref();
    lane.written += 1;
    drain(lane, packet);
  }
  return true;
}

/** Brings the frame's times to the encoder's clock. */
function stamp(lane: Lane, frame: Frame): void {
  const from = lane.sink.buffersinkGetTimeBase().toDouble();
  const to = lane.encoder.timeBase.toDouble();
  lane.time = Number(frame.pts) * from;
  frame.pts = BigInt(Math.round(lane.time / to));
  frame.duration = BigInt(Math.round((Number(frame.duration) * from) / to));
  // Else the encoder copies the kind of picture that the source had.
  frame.pictType = AV_PICTURE_TYPE_NONE;
}

function finish(lane: Lane, packet: Packet): void {
  if (lane.done) return;
  lane.done = true;
  check(lane.encoder.sendFrameSync(null), 'encoder');
  drain(lane, packet);
}

function drain(lane: Lane, packet: Packet): void {
  for (;;) {
    const got = lane.encoder.receivePacketSync(packet);
    if (got === AVERROR_EAGAIN || got === AVERROR_EOF) return;
    check(got, 'encoder');
    packet.streamIndex = lane.stream.index;
    packet.rescaleTs(lane.encoder.timeBase, lane.stream.timeBase);
    check(lane.muxer.interleavedWriteFrameSync(packet), 'muxer');
  }
}

function check(code: number, place: string): void {
  if (code < 0) throw new Error(`${place}: ${FFmpegError.strerror(code)}`);
}
