import type { RebuildRefusal } from '../workflows/rebuild.ts';

/** Why a journal was not read back, and what to do. */
export function rebuildSentence({ code, data = {} }: RebuildRefusal): string {
  switch (code) {
    case 'journal-foreign':
      return 'The file is not a journal of this version. Give what "credits export journal" wrote.';
    case 'journal-altered':
      return `Line ${data.line} of the journal is not what was written. Take another copy of it; nothing was rebuilt.`;
    case 'journal-cut':
      return `The journal ends after line ${data.line}, without its end. Take a whole copy; nothing was rebuilt.`;
    case 'journal-incomplete':
      return `Lines before line ${data.line} are missing, or not in their order. Take a whole copy; nothing was rebuilt.`;
    case 'tenant-not-empty':
      return 'There are facts of this tenant already, and a journal never mixes with others. Rebuild it in an empty Redis.';
    case 'rebuild-of-another-journal':
      return 'The tenant is half rebuilt from another journal. Finish with that file, or begin with an empty Redis.';
  }
}
