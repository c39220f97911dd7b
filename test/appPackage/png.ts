import { inflateSync } from 'node:zlib';

/** Red, green, blue and opacity, each from 0 to 255. */
export type Pixel = readonly [red: number, green: number, blue: number, opacity: number];

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly Pixel[];
}

const channelsByColourType: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/** Reads what Chromium writes: eight bits a channel, with or without opacity, not interlaced. */
export function readPng(file: Uint8Array): Picture {
  const bytes = Buffer.from(file);
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const channels = channelsByColourType[bytes[25] ?? 0];
  if (bytes.toString('latin1', 1, 4) !== 'PNG' || channels === undefined)
    throw new Error('No PNG in colour.');
  const samples = unfiltered(inflateSync(imageData(bytes)), { rowLength: width * channels, channels });
  const pixels = Array.from({ length: width * height }, (_, index): Pixel => {
    const [red = 0, green = 0, blue = 0, opacity = 255] = samples.subarray(
      index * channels,
      (index + 1) * channels,
    );
    return [red, green, blue, opacity];
  });
  return { width, height, pixels };
}

function imageData(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 8;
  while (at < bytes.length) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(parts);
}

/** Each row is told as its difference from what is left, above and above left of it ("PNG Specification", Filtering). */
function unfiltered(rows: Buffer, of: { readonly rowLength: number; readonly channels: number }): Buffer {
  const { rowLength, channels } = of;
  const height = rows.length / (rowLength + 1);
  const samples = Buffer.alloc(height * rowLength);
  for (let row = 0; row < height; row += 1) {
    const filter = rows[row * (rowLength + 1)] ?? 0;
    for (let column = 0; column < rowLength; column += 1) {
      const at = row * rowLength + column;
      const left = column < channels ? 0 : (samples[at - channels] ?? 0);
      const above = row === 0 ? 0 : (samples[at - rowLength] ?? 0);
      const aboveLeft = row === 0 || column < channels ? 0 : (samples[at - rowLength - channels] ?? 0);
      samples[at] = (rows[at + row + 1] ?? 0) + foretold(filter, { left, above, aboveLeft });
    }
  }
  return samples;
}

function foretold(
  filter: number,
  { left, above, aboveLeft }: { readonly left: number; readonly above: number; readonly aboveLeft: number },
): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return Math.floor((left + above) / 2);
  if (filter === 4) return nearest(left + above - aboveLeft, [left, above, aboveLeft]);
  return 0;
}

function nearest(value: number, candidates: readonly [number, number, number]): number {
  return [...candidates].sort((one, other) => Math.abs(one - value) - Math.abs(other - value))[0] ?? 0;
}
