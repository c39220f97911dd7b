import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';

/** The files of a package, by their names in it. */
export type AppPackageFiles = Readonly<Record<string, Uint8Array>>;

/** CLIENT_ID is not set, or not the id of an application. */
export class ClientIdInvalid extends Error {
  constructor() {
    super('Set CLIENT_ID to the application (client) id of the bot, a GUID, and package again.');
    this.name = 'ClientIdInvalid';
  }
}

/** The package for one registration of the bot, which the manifest's place for it is filled with. @throws {ClientIdInvalid} */
export function appPackageFiles(clientId: string | undefined): AppPackageFiles {
  const checked = z.string().trim().uuid().safeParse(clientId);
  if (!checked.success) throw new ClientIdInvalid();
  const manifest = read('manifest.json').toString('utf8').replaceAll(placeOfClientId, checked.data);
  return {
    'manifest.json': strToU8(manifest),
    'ko.json': read('ko.json'),
    'color.png': read('color.png'),
    'outline.png': read('outline.png'),
  };
}

const placeOfClientId = /\$\{\{CLIENT_ID\}\}/g;

function read(file: string): Buffer {
  return readFileSync(new URL(file, import.meta.url));
}

/** As Teams takes it: one ZIP without folders. The same files make the same bytes, so that two packages can be compared. */
export function zipped(files: AppPackageFiles): Uint8Array {
  return zipSync({ ...files }, { level: 9, mtime: '1980-01-01T00:00:00' });
}
