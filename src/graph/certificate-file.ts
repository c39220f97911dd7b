import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Instant } from '../decision/time.ts';

/** When the certificate of a PEM file ends; null where the file holds none that can be read. */
export async function certificateEnd(path: string): Promise<Instant | null> {
  try {
    const at = Date.parse(new X509Certificate(await readFile(path, 'utf8')).validTo);
    return Number.isNaN(at) ? null : at;
  } catch {
    return null;
  }
}
